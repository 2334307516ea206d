import { z } from 'zod';

/** One row of `systemctl list-units`. */
export interface ListedUnit {
  readonly unit: string;
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  readonly description: string;
}

/** One row of `systemctl list-unit-files`. */
export interface UnitFile {
  readonly unit: string;
  /** enabled, disabled, static, masked, alias… */
  readonly state: string;
}

/** What `systemctl show` says about one unit; null is systemd's "[not set]" or a property that this version does not have. */
export interface UnitDetails extends ListedUnit {
  readonly mainPid: number | null;
  /** Below the root of the cgroup tree, as seen by systemd; null for a unit without processes. */
  readonly controlGroup: string | null;
  readonly memoryBytes: number | null;
  readonly cpuNanoseconds: number | null;
  readonly taskCount: number | null;
  readonly restartCount: number | null;
  readonly result: string | null;
  /** Exit status, or signal number where the code says so; null while the main process has not ended. */
  readonly exitStatus: number | null;
  readonly stateSinceMs: number | null;
  /** What a timer or socket starts; null for other units and for a socket that starts one service a connection. */
  readonly triggers: string | null;
  readonly lastTriggerMs: number | null;
  /** A timer's next run by the calendar. */
  readonly nextCalendarMs: number | null;
  /** A timer's next run counted from boot, as CLOCK_MONOTONIC counts. */
  readonly nextSinceBootMs: number | null;
  /** "127.0.0.1:7007 (Stream)", "/run/x.sock (Stream)". */
  readonly listens: readonly string[];
  readonly acceptedCount: number | null;
  readonly openCount: number | null;
}

export const shownProperties = [
  'Id',
  'Description',
  'LoadState',
  'ActiveState',
  'SubState',
  'MainPID',
  'ControlGroup',
  'MemoryCurrent',
  'CPUUsageNSec',
  'TasksCurrent',
  'NRestarts',
  'Result',
  'ExecMainCode',
  'ExecMainStatus',
  'StateChangeTimestamp',
  'Triggers',
  'LastTriggerUSec',
  'NextElapseUSecRealtime',
  'NextElapseUSecMonotonic',
  'Listen',
  'NAccepted',
  'NConnections',
] as const;

const listedUnitsSchema = z.array(
  z.object({ unit: z.string(), load: z.string(), active: z.string(), sub: z.string(), description: z.string().nullish() }),
);
const unitFilesSchema = z.array(z.object({ unit_file: z.string(), state: z.string() }));

/**
 * Output of `systemctl list-units --output=json --plain --no-legend --full`. systemd before 246 knows no JSON here and
 * prints its table; both are read. Null when it is neither.
 */
export function parseListedUnits(text: string): readonly ListedUnit[] | null {
  if (!startsAsJson(text)) return parseColumns(text, 4).map(toListedUnit);
  const parsed = listedUnitsSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  return parsed.data.map((row) => ({
    unit: row.unit,
    loadState: row.load,
    activeState: row.active,
    subState: row.sub,
    description: row.description ?? '',
  }));
}

function toListedUnit(columns: readonly string[]): ListedUnit {
  const [unit = '', loadState = '', activeState = '', subState = '', description = ''] = columns;
  return { unit, loadState, activeState, subState, description };
}

/** Output of `systemctl list-unit-files --output=json --no-legend`, as JSON or as a table. */
export function parseUnitFiles(text: string): readonly UnitFile[] | null {
  if (!startsAsJson(text)) return parseColumns(text, 2).map(([unit = '', state = '']) => ({ unit, state }));
  const parsed = unitFilesSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data.map((row) => ({ unit: row.unit_file, state: row.state })) : null;
}

function startsAsJson(text: string): boolean {
  return text.trimStart().startsWith('[');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Rows of at least `count` words; what follows them is one last column. The bullet before a failed unit is dropped. */
function parseColumns(text: string, count: number): readonly (readonly string[])[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^[\s●*○↻×]+/u, '').trimEnd())
    .filter((line) => line !== '')
    .map((line) => {
      const words = line.split(/\s+/);
      return [...words.slice(0, count), words.slice(count).join(' ')];
    })
    .filter((columns) => columns.length > count && columns.slice(0, count).every((word) => word !== undefined && word !== ''));
}

/** Output of `systemctl show --property=… -- unit…`, as details. */
export function parseShownUnits(text: string): readonly UnitDetails[] {
  return parseShownBlocks(text).map(toDetails);
}

/**
 * Output of `systemctl show`: blocks of Key=Value with a blank line between, in no promised order. A key that comes several
 * times (Listen) has its values line by line; systemd escapes line breaks inside a value.
 */
export function parseShownBlocks(text: string): readonly ReadonlyMap<string, string>[] {
  return text
    .split(/\n\s*\n/)
    .map(parseProperties)
    .filter((properties) => properties.has('Id'));
}

function parseProperties(block: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of block.split('\n')) {
    const equals = line.indexOf('=');
    if (equals <= 0) continue;
    const key = line.slice(0, equals);
    const before = properties.get(key);
    const value = line.slice(equals + 1);
    properties.set(key, before === undefined ? value : `${before}\n${value}`);
  }
  return properties;
}

function toDetails(properties: ReadonlyMap<string, string>): UnitDetails {
  const text = (key: string): string => properties.get(key) ?? '';
  const figure = (key: string): number | null => parseFigure(text(key));
  return {
    unit: text('Id'),
    loadState: text('LoadState'),
    activeState: text('ActiveState'),
    subState: text('SubState'),
    description: text('Description'),
    mainPid: figure('MainPID') || null,
    controlGroup: text('ControlGroup') || null,
    memoryBytes: figure('MemoryCurrent'),
    cpuNanoseconds: figure('CPUUsageNSec'),
    taskCount: figure('TasksCurrent'),
    restartCount: figure('NRestarts'),
    result: text('Result') || null,
    // Code 0: the main process has not ended, or never was; its status 0 says nothing then.
    exitStatus: figure('ExecMainCode') ? figure('ExecMainStatus') : null,
    stateSinceMs: parseTimestamp(text('StateChangeTimestamp')),
    triggers: text('Triggers').split(' ')[0] || null,
    lastTriggerMs: parseTimestamp(text('LastTriggerUSec')),
    nextCalendarMs: parseTimestamp(text('NextElapseUSecRealtime')),
    nextSinceBootMs: parseTimespan(text('NextElapseUSecMonotonic')),
    listens: text('Listen')
      .split('\n')
      .filter((one) => one !== ''),
    acceptedCount: figure('NAccepted'),
    openCount: figure('NConnections'),
  };
}

/** A whole number; null for "[not set]", empty, and 2^64-1, which is "infinity" and D-Bus' "not set". */
export function parseFigure(text: string): number | null {
  return /^\d+$/.test(text) && text !== '18446744073709551615' ? Number(text) : null;
}

/** "Sat 2026-11-21 03:53:21 UTC" as systemctl prints it with TZ=UTC, or "@1795233201"; null for "" and "n/a". */
export function parseTimestamp(text: string): number | null {
  const seconds = /^@(\d+)$/.exec(text)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1_000;
  const parts = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? UTC$/.exec(text);
  const atMs = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(atMs) ? null : atMs;
}

/** Milliseconds in each unit of systemd's time spans; a month is 30.44 days and a year 365.25, as systemd.time(7) has it. */
const spanUnitsMs: Readonly<Record<string, number>> = {
  y: 31_557_600_000,
  month: 2_629_800_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  min: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  μs: 0.001,
};

/** "4h 22min 33.766164s", "100ms", "1month 2w", "0" in milliseconds; null for "infinity", empty and what is no span. */
export function parseTimespan(text: string): number | null {
  if (text === '0') return 0;
  const parts = text.trim().split(' ');
  let totalMs = 0;
  for (const part of parts) {
    const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(\D+)$/.exec(part) ?? [];
    const unitMs = spanUnitsMs[unit];
    if (amount === undefined || unitMs === undefined) return null;
    totalMs += Number(amount) * unitMs;
  }
  return totalMs;
}
