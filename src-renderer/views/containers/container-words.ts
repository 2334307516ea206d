import { durationParts, formatPercent, unknownText } from '../../../src-shared/format';
import { compareLevels } from '../../../src-shared/level';
import type { Container } from '../../../src-shared/snapshots';
import { printable } from '../../words/highlight';
import { formatDay } from '../../words/time';
import type { Words } from '../../words/use-words';

/** Most severe first, then whoever uses most of what it may have, in steps of 10 % so that small changes move no row; ended ones last. */
export function worstFirst(a: Container, b: Container): number {
  return compareLevels(b.level, a.level) || weight(b) - weight(a) || (a.name < b.name ? -1 : 1);
}

function weight(container: Container): number {
  if (container.state !== 'running') return container.level === 'critical' ? 20 : -1;
  return Math.round(Math.max(container.cpuBusyRatio ?? 0, container.memoryUsedRatio ?? 0) * 10);
}

/** Compose writes its project into the name; shown apart it reads better. "shop-api-1" of "shop" -> api + shop. */
export function containerNames(container: Pick<Container, 'name' | 'composeProject'>): {
  readonly name: string;
  readonly project: string | null;
} {
  const project = container.composeProject;
  if (project === null) return { name: container.name, project: null };
  const prefixed = container.name.startsWith(`${project}-`) || container.name.startsWith(`${project}_`);
  const name = prefixed ? container.name.slice(project.length + 1).replace(/[-_]1$/, '') : container.name;
  return name === '' ? { name: container.name, project } : { name, project };
}

/** Why it is not simply fine, in one line; empty when there is nothing to say. Remedies and what is newer stand in the detail. */
export function containerNote(words: Words, container: Container): string {
  const { state, reasons, health } = container;
  const running = state === 'running';
  const shown = reasons.filter(({ rule }) => !isStaleRule(rule) && !rule.startsWith('container-remedy-'));
  const parts = shown.map(words.reason);
  // "exited · Exited with code 1" would say it twice.
  const said = shown.some(({ rule }) => rule.startsWith(`container-${state}`) || rule === 'container-never-started');
  if (!running && !said) parts.unshift(words.t(`container.state.${state}`));
  const forecast = forecastText(words, container, nearSeconds);
  if (forecast !== null && !reasons.some(({ rule }) => rule === 'container-memory-forecast')) parts.push(forecast);
  if (running && parts.length === 0 && health === 'starting') parts.push(words.t('container.health.starting'));
  return parts.join(' · ');
}

/** The rules' notes on what is newer than a run: the badge and its box say it with the times. */
export function isStaleRule(rule: string): boolean {
  return rule.startsWith('container-newer-');
}

/** In a list a forecast further off than this is no news; in the detail a day. */
const nearSeconds = 3600;
const farSeconds = 86_400;

/** "memory full in about 12 min"; null where there is no forecast. */
export function forecastText(
  words: Words,
  { memoryFullInSeconds }: Pick<Container, 'memoryFullInSeconds'>,
  withinSeconds = farSeconds,
): string | null {
  if (memoryFullInSeconds === null || memoryFullInSeconds > withinSeconds) return null;
  const first = durationParts(Math.max(1, memoryFullInSeconds))[0];
  if (!first) return null;
  return words.t('containers.fullIn', { duration: words.t(`unit.${first.unit}`, { amount: first.amount }) });
}

/** "failing 4 times: curl: (7) Failed to connect …": what the last health check put out; null without one that failed. */
export function probeText(words: Words, { lastProbe }: Pick<Container, 'lastProbe'>): string | null {
  if (lastProbe === null || lastProbe.exitCode === 0) return null;
  const output = printable(lastProbe.output.trim()).slice(0, 500);
  return `${words.t('containers.probeFailed', { count: lastProbe.failingStreak })}${output === '' ? '' : `: ${output}`}`;
}

/** Explains the "stale run" badge: what is newer than this run and since when. */
export function staleText(words: Words, { newerThings, startedAtMs }: Container): string {
  const since = startedAtMs === null ? '' : formatDay(words.language, startedAtMs);
  const things = newerThings.map(({ kind, name, changedAtMs }) =>
    words.t(`containers.newer.${kind}`, { name, time: formatDay(words.language, changedAtMs) }),
  );
  return [words.t('containers.staleTitle', { time: since }), ...things].join('\n');
}

/** CPU in the wanted scale: 100 % is one core, as `docker stats` counts, or all cores of the machine. */
export function scaledCpu({ cpuCores, cpuHostRatio }: Pick<Container, 'cpuCores' | 'cpuHostRatio'>, scale: 'core' | 'host'): number | null {
  return scale === 'core' ? cpuCores : cpuHostRatio;
}

/** Both scales and the share of what it may use, in words. */
export function cpuWords(words: Words, { cpuCores, cpuAvailableCores, cpuHostRatio }: Container): string {
  if (cpuCores === null) return words.t('unknown.noFigure');
  const parts = [
    words.t('containers.cpuOf', {
      cores: cpuCores.toFixed(2),
      available: cpuAvailableCores === null ? unknownText : String(cpuAvailableCores),
    }),
    words.t('containers.cpuOfCore', { percent: formatPercent(cpuCores, true) }),
  ];
  if (cpuHostRatio !== null) parts.push(words.t('containers.cpuOfHost', { percent: formatPercent(cpuHostRatio, true) }));
  return parts.join(' · ');
}

/** "13 running · 1 exited" */
export function runSummary(words: Words, containers: readonly Container[]): string {
  const running = containers.filter((one) => one.state === 'running').length;
  const ended = containers.filter((one) => one.state === 'exited' || one.state === 'dead').length;
  const other = containers.length - running - ended;
  return [
    words.t('containers.running', { count: running }),
    ended > 0 ? words.t('containers.ended', { count: ended }) : null,
    other > 0 ? words.t('containers.other', { count: other }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** An image without its registry and folders: "registry.example.com/shop/api:2.14.0" -> "api:2.14.0". */
export function shortImage(image: string): string {
  const at = image.lastIndexOf('/');
  return at === -1 ? image : image.slice(at + 1);
}
