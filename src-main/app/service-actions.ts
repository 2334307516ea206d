import type { ActionResult, InputOf } from '../../src-shared/contract';
import { actionResult } from '../../src-shared/contract/request';
import { type Sentence, say } from '../../src-shared/sentence';
import type { UnitFacts } from '../../src-shared/unit-facts';
import type { Exec, ExecResult } from '../platform/exec';
import { explainUnit } from '../rules/explain-unit';

type ActInput = InputOf<'services.act'>;

export interface ServiceActionsDeps {
  readonly exec: Exec;
  /** False where systemd is not the init of the machine. */
  readonly hasSystemd: boolean;
  /** $XDG_RUNTIME_DIR, by which the user's manager is reached; null for none. */
  readonly userRuntimeDirectory: string | null;
  /** What came of it, as systemd sees it afterwards. */
  readonly readFacts: (input: Pick<ActInput, 'unit' | 'scope'>) => Promise<UnitFacts>;
  /** The units that LogScope itself runs in, itself and its ancestors. */
  readonly ownUnits: () => readonly string[];
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told about every attempt, also the refused ones. */
  readonly onAttempt: (attempt: ActInput & Pick<ActionResult, 'outcome'>) => void;
}

export type ActOnService = (input: ActInput) => Promise<ActionResult>;

/** Longer than the 90 s in which systemd itself gives up on most starts and stops. */
const patienceMs = 100_000;
/** A person needs time for the password dialog; systemctl would give up on the answer after 25 s. */
const authorisationSeconds = 60;
/** `start` of a simple service succeeds before its program was even found: one look a moment later. */
const secondLookMs = 300;

/**
 * Starts, stops and restarts units through systemctl, which asks polkit; the agent of the desktop session puts the question
 * to the person, LogScope never sees a password. One action at a time for each unit.
 */
export function createActOnService(deps: ServiceActionsDeps): ActOnService {
  const busy = new Set<string>();

  async function act(input: ActInput): Promise<ActionResult> {
    const { unit, scope, action } = input;
    if (!deps.hasSystemd) return actionResult('refused', say('unit.result.noSystemd'));
    if (action !== 'start' && deps.ownUnits().includes(fullName(unit))) {
      return actionResult('refused', say('unit.result.ownUnit', { unit }));
    }
    const key = `${scope}/${fullName(unit)}`;
    if (busy.has(key)) return actionResult('refused', say('unit.result.busy', { unit }));
    busy.add(key);
    try {
      return await judge(input, await run(input));
    } finally {
      busy.delete(key);
    }
  }

  function run({ unit, scope, action }: ActInput): Promise<ExecResult> {
    const { userRuntimeDirectory } = deps;
    // Neither --no-block (the outcome is wanted) nor --no-ask-password (it would silence the desktop's polkit agent as well);
    // there is no terminal on which systemctl could ask by itself.
    return deps.exec('systemctl', [...(scope === 'user' ? ['--user'] : []), '--no-pager', action, '--', unit], {
      timeoutMs: patienceMs,
      env: {
        SYSTEMD_COLORS: '0',
        SYSTEMD_BUS_TIMEOUT: String(authorisationSeconds),
        ...(userRuntimeDirectory === null ? {} : { XDG_RUNTIME_DIR: userRuntimeDirectory }),
      },
    });
  }

  async function judge(input: ActInput, result: ExecResult): Promise<ActionResult> {
    const refusal = judgeRefusal(input, result);
    if (refusal !== null) return refusal;
    const succeeded = result.kind === 'exited' && result.exitCode === 0;
    if (succeeded && input.action !== 'stop') await deps.wait(secondLookMs);
    const facts = await deps.readFacts(input);
    return succeeded ? judgeState(input, facts) : actionResult('failed', { text: saidBy(result) }, ...happened(facts));
  }

  return async (input) => {
    let outcome: ActionResult['outcome'] = 'failed';
    try {
      const result = await act(input);
      outcome = result.outcome;
      return result;
    } finally {
      deps.onAttempt({ ...input, outcome });
    }
  };
}

/** What systemctl's own words decide; null when the unit has to be looked at. */
function judgeRefusal(input: ActInput, result: ExecResult): ActionResult | null {
  const said = saidBy(result);
  if (result.kind === 'not-found') return actionResult('failed', say('unit.result.noSystemctl'));
  if (result.kind === 'timeout') {
    return actionResult('failed', say('unit.result.slow', { seconds: patienceMs / 1_000 }));
  }
  if (result.kind !== 'exited') return actionResult('failed', say('unit.result.notRun', { kind: result.kind }));
  if (result.exitCode === 0) return null;
  if (/Operation refused|is masked|bad unit file setting|missing the instance name|Assertion failed/i.test(said)) {
    return actionResult('refused', { text: said });
  }
  if (/access denied|authentication (is )?required|not authorized|permission denied/i.test(said)) {
    return actionResult('permission-denied', { text: said }, say('unit.result.terminal', { command: commandOf(input) }));
  }
  if (/not found|not loaded/i.test(said)) return actionResult('gone', { text: said });
  if (/failed to connect to bus/i.test(said)) return actionResult('failed', { text: said });
  return null;
}

/** systemctl reported success; the unit has the last word. */
function judgeState({ unit, action }: ActInput, facts: UnitFacts): ActionResult {
  const state = say('unit.result.state', { unit, active: facts.activeState, sub: facts.subState });
  if (action === 'stop') return actionResult('done', state);
  if (facts.activeState === 'failed' || facts.subState.startsWith('auto-restart')) {
    return actionResult('failed', state, ...happened(facts));
  }
  if (facts.activeState === 'inactive' && facts.conditionFailed) return actionResult('refused', state, ...happened(facts));
  return actionResult('done', state);
}

function happened(facts: UnitFacts): readonly Sentence[] {
  return explainUnit(facts)
    .slice(0, 3)
    .map(({ rule, text, values }) => ({ text, key: `reason.${rule}`, values }));
}

/** Its first line; the second only points at the log. */
function saidBy({ stderr }: ExecResult): string {
  return (stderr.trim().split('\n')[0] ?? '').slice(0, 500);
}

function commandOf({ unit, scope, action }: ActInput): string {
  return scope === 'user' ? `systemctl --user ${action} ${unit}` : `sudo systemctl ${action} ${unit}`;
}

function fullName(unit: string): string {
  return unit.includes('.') ? unit : `${unit}.service`;
}
