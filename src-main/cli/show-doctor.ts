import type { EngineState, Readings } from '../../src-shared/snapshots';
import { type AnyReading, type SourceId, sourceIds } from '../../src-shared/snapshots';
import type { Paint } from './paint';
import { countOf, escapeUnprintable, wrapToWidth } from './terminal-text';

/** What `doctor` says about one source; `reason`, `detail` and `hint` are null where there is nothing to say. */
export interface Diagnosis {
  readonly source: SourceId;
  readonly available: boolean;
  readonly state: 'ok' | 'unavailable' | 'failed';
  readonly reason: string | null;
  readonly detail: string;
  readonly hint: string | null;
  readonly warnings: readonly string[];
  readonly tookMs: number;
}

export function diagnose(readings: Readings): readonly Diagnosis[] {
  return sourceIds.map((source) => diagnoseOne({ source, reading: readings[source] } as AnyReading));
}

function diagnoseOne(one: AnyReading): Diagnosis {
  const { source, reading } = one;
  const common = { source, tookMs: reading.tookMs, warnings: [] };
  switch (reading.kind) {
    case 'ok':
      return {
        ...common,
        available: true,
        state: 'ok',
        reason: null,
        detail: describeData(one),
        hint: remedyOf(one),
        warnings: reading.warnings ?? [],
      };
    case 'unavailable':
      return {
        ...common,
        available: false,
        state: 'unavailable',
        reason: reading.reason,
        detail: reading.detail,
        hint: reading.hint ?? null,
      };
    case 'failed':
      return {
        ...common,
        available: false,
        state: 'failed',
        reason: reading.code,
        detail: reading.message,
        hint: 'This is unexpected: please report it with the log in the data directory.',
      };
  }
}

function describeData({ source, reading }: AnyReading): string {
  if (reading.kind !== 'ok') return '';
  switch (source) {
    case 'host':
      return `${reading.data.osName ?? reading.data.platform}, ${countOf(reading.data.cpu.coreCount, 'core')}`;
    case 'containers': {
      const { engines, containers } = reading.data;
      return [...engines.map(describeEngine), countOf(containers.length, 'container')].join(', ');
    }
    case 'pods':
      return `context ${reading.data.context}, ${countOf(reading.data.pods.length, 'pod')}`;
    case 'services': {
      const { method, services, ports, unreadScopes } = reading.data;
      const unread = unreadScopes.map((one) => `; ${one.scope} units not read: ${one.detail}`).join('');
      const counts = (['service', 'timer', 'socket'] as const)
        .map((kind) => ({ kind, count: services.filter((one) => one.kind === kind).length }))
        .filter(({ kind, count }) => count > 0 || kind === 'service')
        .map(({ kind, count }) => countOf(count, kind));
      const open = ports.filter(({ state }) => state === 'open').length;
      return `by ${method}, ${counts.join(', ')}${ports.length === 0 ? '' : `; ${open} of ${countOf(ports.length, 'port')} open`}${unread}`;
    }
    case 'processes':
      return `${countOf(reading.data.processes.length, 'process', 'processes')}, ${reading.data.hiddenCount} only partly visible with these rights`;
    case 'logs': {
      const { sources } = reading.data;
      const reopened = sources.reduce((sum, one) => sum + one.reopenedCount, 0);
      const followed = `${countOf(sources.length, 'log')}, ${sources.filter((one) => one.state === 'following').length} followed`;
      return reopened === 0 ? followed : `${followed}, ${countOf(reopened, 'stream')} opened again after a break`;
    }
  }
}

/** What can be done about the part of a source that is not there, when the rest is. */
function remedyOf({ source, reading }: AnyReading): string | null {
  if (source !== 'containers' || reading.kind !== 'ok') return null;
  const remedies = reading.data.engines.flatMap(({ endpoint, hint }) => (hint === null ? [] : `${endpoint}: ${hint}`));
  return remedies.length === 0 ? null : remedies.join(' ');
}

function describeEngine({ identity, endpoint, origin, state, detail }: EngineState): string {
  const name = identity === null ? state : `${identity.name} ${identity.version}`;
  return `${name} at ${endpoint} (${origin})${state === 'ok' ? '' : `: ${detail ?? state}`}`;
}

export function showDoctor(diagnoses: readonly Diagnosis[], paint: Paint): string {
  return diagnoses
    .map((one) => {
      const level = one.state === 'ok' ? 'ok' : one.state === 'failed' ? 'critical' : 'inactive';
      const mark = paint.level(one.state === 'ok' ? '✔' : one.state === 'failed' ? '✖' : '○', level);
      const lines = [
        `${mark} ${one.source.padEnd(11)} ${paint.level(one.reason ?? 'available', level)}  ${paint.dim(`${one.tookMs.toFixed(0)} ms`)}`,
      ];
      lines.push(...indented('  ', one.detail));
      for (const warning of one.warnings) lines.push(...indented('  ', `warning: ${warning}`).map((line) => paint.level(line, 'warning')));
      if (one.hint !== null) lines.push(...indented('  → ', one.hint));
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** All of a text, however long: a remedy that is cut off is none. */
function indented(start: string, text: string): string[] {
  const [first = '', ...rest] = wrapToWidth(escapeUnprintable(text), 98 - start.length);
  return [start + first, ...rest.map((line) => ' '.repeat(start.length) + line)];
}
