import type { ServiceScope } from '../../../src-shared/snapshots/services';
import type { ProcessEnd, UnitFacts } from '../../../src-shared/unit-facts';
import { parseFigure, parseTimespan, parseTimestamp } from './parse-systemd';
import { unitKind } from './unit-kind';

/** Commands besides the main one, in the order in which they run. */
const steps = ['ExecCondition', 'ExecStartPre', 'ExecStartPost', 'ExecReload', 'ExecStop', 'ExecStopPost'] as const;
const needProperties = ['Requires', 'Requisite', 'BindsTo', 'Wants'] as const;
const neededByProperties = ['RequiredBy', 'RequisiteOf', 'BoundBy', 'WantedBy'] as const;

/** What the card is made of; see org.freedesktop.systemd1(5). */
export const explainedProperties = [
  ...['Description', 'Documentation', 'FragmentPath', 'UnitFileState', 'LoadState', 'LoadError', 'ActiveState', 'SubState'],
  ...['StateChangeTimestamp', 'Result', 'MainPID', 'ExecMainCode', 'ExecMainStatus', 'ExecStart', ...steps],
  ...['Restart', 'RestartUSec', 'RestartUSecNext', 'NRestarts', 'StartLimitBurst', 'StartLimitIntervalUSec', 'TimeoutStartUSec'],
  ...['ConditionResult', 'AssertResult', 'ConditionTimestamp', 'AssertTimestamp', 'NeedDaemonReload', 'StatusText', 'NRefused'],
  ...['TriggeredBy', ...needProperties, ...neededByProperties],
] as const;

/** What is asked about a unit that this one needs or that starts it. */
export const relatedProperties = ['LoadState', 'ActiveState', 'NextElapseUSecRealtime', 'NextElapseUSecMonotonic'] as const;

/** Every service has these; they explain nothing. */
const ordinaryNeeds = /\.slice$|^(sysinit|basic|shutdown)\.target$|^-\.mount$/;
/** A unit that half the machine depends on. */
const mostNamed = 50;

/** Facts without the parts that other units tell: `failedNeeds` and the state of what triggers it. */
export type OwnUnitFacts = Omit<UnitFacts, 'failedNeeds' | 'triggeredBy'> & { readonly triggeredBy: readonly string[] };

export function parseUnitFacts(properties: ReadonlyMap<string, string>, scope: ServiceScope): OwnUnitFacts {
  const text = (key: string): string => properties.get(key) ?? '';
  const orNull = (key: string): string | null => text(key) || null;
  const names = (keys: readonly string[]): readonly string[] => unique(keys.flatMap((key) => words(text(key)))).slice(0, mostNamed);
  const command = parseCommands(text('ExecStart')).at(-1) ?? null;
  const unit = text('Id');
  return {
    unit,
    scope,
    kind: unitKind(unit),
    description: text('Description'),
    documentation: parseQuotedWords(text('Documentation')),
    unitFile: orNull('FragmentPath'),
    unitFileState: orNull('UnitFileState'),
    command: command?.line ?? null,
    program: command?.program ?? null,
    loadState: text('LoadState'),
    loadError: parseBusError(text('LoadError')),
    activeState: text('ActiveState'),
    subState: text('SubState'),
    stateSinceMs: parseTimestamp(text('StateChangeTimestamp')),
    result: orNull('Result'),
    mainPid: parseFigure(text('MainPID')) || null,
    mainEnd: parseEnd(parseFigure(text('ExecMainCode')), parseFigure(text('ExecMainStatus'))),
    failedStep: findFailedStep(properties),
    restartPolicy: orNull('Restart'),
    // From 254 on the delay may grow from restart to restart.
    restartDelayMs: parseTimespan(text('RestartUSecNext')) ?? parseTimespan(text('RestartUSec')),
    restartCount: parseFigure(text('NRestarts')),
    startLimitBurst: parseFigure(text('StartLimitBurst')),
    startLimitIntervalMs: parseTimespan(text('StartLimitIntervalUSec')),
    startTimeoutMs: parseTimespan(text('TimeoutStartUSec')),
    // Both results are "no" as long as nobody tried.
    conditionFailed: text('ConditionResult') === 'no' && text('ConditionTimestamp') !== '',
    assertFailed: text('AssertResult') === 'no' && text('AssertTimestamp') !== '',
    reloadNeeded: text('NeedDaemonReload') === 'yes',
    statusText: orNull('StatusText'),
    refusedCount: parseFigure(text('NRefused')),
    neededBy: names(neededByProperties),
    needs: names(needProperties).filter((name) => !ordinaryNeeds.test(name)),
    triggeredBy: names(['TriggeredBy']),
  };
}

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED of waitid(2); null for 0: it has not ended. */
function parseEnd(code: number | null, status: number | null): ProcessEnd | null {
  if (status === null) return null;
  if (code === 1) return { kind: 'exited', status };
  if (code === 2) return { kind: 'killed', status };
  return code === 3 ? { kind: 'dumped', status } : null;
}

interface UnitCommand {
  readonly program: string;
  readonly line: string;
  readonly ignoresFailure: boolean;
  readonly end: ProcessEnd | null;
}

/** "{ path=/bin/sh ; argv[]=/bin/sh -c … ; ignore_errors=no ; start_time=[…] ; stop_time=[…] ; pid=104 ; code=exited ; status=3 }" a line. */
export function parseCommands(text: string): readonly UnitCommand[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\{ path=(.*?) ; argv\[\]=(.*) ; ignore_errors=(yes|no) ; start_time=.*; code=(\S+) ; status=(\d+)/.exec(line);
    if (match === null) return [];
    const [, program = '', argv = '', ignores, code = '', status] = match;
    const kind = (['exited', 'killed', 'dumped'] as const).find((one) => one === code);
    return [{ program, line: argv, ignoresFailure: ignores === 'yes', end: kind === undefined ? null : { kind, status: Number(status) } }];
  });
}

function findFailedStep(properties: ReadonlyMap<string, string>): UnitFacts['failedStep'] {
  for (const step of steps) {
    for (const { program, end, ignoresFailure } of parseCommands(properties.get(step) ?? '')) {
      const good = end === null || (end.kind === 'exited' && end.status === 0);
      if (!good && !ignoresFailure) return { step, program, end };
    }
  }
  return null;
}

/** `org.freedesktop.systemd1.BadUnitSetting "Unit x has a bad unit file setting."`: the sentence, else the whole. */
function parseBusError(text: string): string | null {
  return text === '' ? null : (/^\S+ "(.*)"$/.exec(text)?.[1] ?? text);
}

/** `"man:sh(1)" https://example.org/x`: words of which some stand in quotes. */
export function parseQuotedWords(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) => quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
