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

/** Output of `systemctl show --property=… -- unit…`: blocks of Key=Value with a blank line between, in no promised order. */
export function parseShownUnits(text: string): readonly UnitDetails[] {
  return text
    .split(/\n\s*\n/)
    .map(parseProperties)
    .filter((properties) => properties.has('Id'))
    .map(toDetails);
}

function parseProperties(block: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of block.split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0) properties.set(line.slice(0, equals), line.slice(equals + 1));
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
