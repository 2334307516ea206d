import type { ContainerAction, ContainerDetail, ShellResult } from '../../src-shared/contract/containers';
import { type ActionResult, actionResult } from '../../src-shared/contract/request';
import { say } from '../../src-shared/sentence';
import type { ContainerFacts } from '../../src-shared/snapshots/containers';
import { RefusedRequest } from '../api/refused-request';
import { type AccessibleContainer, type ContainerAccess, ContainerEngineError } from '../platform/container-engine';
import { findProgram, findTerminal, type ProgramCall, shellQuoted, type TerminalSearch } from '../platform/terminal';
import { toContainerDetail } from './container-detail';
import type { ContainerRuns } from './container-runs';
import { clientPrograms, shellCommand } from './container-shell';

export interface ContainerActionsDeps {
  readonly access: ContainerAccess;
  readonly runs: Pick<ContainerRuns, 'changesOf'>;
  /** The container of the latest snapshot; null when it is not in it. */
  readonly findFacts: (id: string) => ContainerFacts | null;
  readonly terminal: TerminalSearch;
  /** Null: it started; else why not. */
  readonly startTerminal: (call: ProgramCall) => Promise<string | null>;
  /** Told about every attempt, also the refused ones. */
  readonly onAttempt?: (attempt: ContainerAttempt) => void;
}

export interface ContainerAttempt {
  readonly action: ContainerAction | 'shell';
  readonly id: string;
  readonly name: string | null;
  readonly outcome: ActionResult['outcome'] | ShellResult['outcome'];
}

export interface ContainerActions {
  /** Throws RefusedRequest (not-found) for a container that no attached engine has. */
  detail(id: string): Promise<ContainerDetail>;
  act(input: { readonly id: string; readonly action: ContainerAction }): Promise<ActionResult>;
  shell(id: string): Promise<ShellResult>;
}

const patienceMs = 70_000;
const removableStates = new Set(['exited', 'created', 'dead']);
const endingActions = new Set<ContainerAction>(['stop', 'restart', 'remove']);

/** What a person may look at and do to one container, through its engine's own interface. */
export function createContainerActions(deps: ContainerActionsDeps): ContainerActions {
  const { access, runs, terminal, onAttempt } = deps;

  async function detail(id: string): Promise<ContainerDetail> {
    const found = access.find(id);
    if (found === null) throw new RefusedRequest('not-found', 'No attached engine has this container (any more).');
    try {
      const signal = AbortSignal.timeout(10_000);
      const read = await found.client.inspectDetail(id, signal);
      if (read === null) throw new RefusedRequest('not-found', 'This container is gone.');
      const image = read.imageId === '' ? null : await found.client.inspectImage(read.imageId, signal);
      const facts = deps.findFacts(id);
      const changes = facts === null ? null : await runs.changesOf(facts, read);
      return toContainerDetail({ detail: read, image, events: found.events(), changes });
    } catch (error) {
      if (error instanceof ContainerEngineError) throw new RefusedRequest('refused', `The engine does not tell: ${engineWords(error)}`);
      throw error;
    }
  }

  async function act({ id, action }: { readonly id: string; readonly action: ContainerAction }): Promise<ActionResult> {
    const found = access.find(id);
    const result = found === null ? gone() : await tryAction(found, action);
    onAttempt?.({ action, id, name: found?.container.name ?? null, outcome: result.outcome });
    return result;
  }

  async function tryAction(found: AccessibleContainer, action: ContainerAction): Promise<ActionResult> {
    const { client, container } = found;
    try {
      if (action === 'remove') {
        // Asked anew: what is listed may be a second old.
        const state = (await client.inspect(container.id, AbortSignal.timeout(10_000)))?.state;
        if (state === undefined) return gone();
        if (!removableStates.has(state)) return actionResult('refused', say('container.result.stopFirst', { state }));
      }
      if (endingActions.has(action)) found.noteAsked();
      const outcome = await client.act(container.id, action, AbortSignal.timeout(patienceMs));
      return actionResult('done', say(outcome === 'unchanged' ? 'container.result.unchanged' : `container.result.${action}`));
    } catch (error) {
      if (error instanceof ContainerEngineError) return judgeRefusal(error);
      throw error;
    }
  }

  async function shell(id: string): Promise<ShellResult> {
    const found = access.find(id);
    const result = await openShell(found, id);
    onAttempt?.({ action: 'shell', id, name: found?.container.name ?? null, outcome: result.outcome });
    return result;
  }

  async function openShell(found: AccessibleContainer | null, id: string): Promise<ShellResult> {
    if (found === null) return { outcome: 'not-running', command: [], text: 'No attached engine has this container (any more).' };
    const { identity } = found.client;
    const names = clientPrograms(identity, terminal.platform);
    const typed = shellCommand(names[0] ?? 'docker', identity, id, terminal.platform);
    if (found.container.state !== 'running') {
      return { outcome: 'not-running', command: typed, text: `It is ${found.container.state}: there is nothing to open a shell in.` };
    }
    const client = names.map((name) => findProgram(name, terminal)).find((path) => path !== null) ?? null;
    if (client === null) {
      return {
        outcome: 'no-client',
        command: typed,
        text: `There is no ${names.join(' or ')} program on this machine to open a shell with.`,
      };
    }
    const call = findTerminal(shellCommand(client, identity, id, terminal.platform), terminal);
    if (call === null) {
      return { outcome: 'no-terminal', command: typed, text: `No terminal was found here. Type: ${shellQuoted(typed)}` };
    }
    const problem = await deps.startTerminal(call);
    if (problem !== null) return { outcome: 'failed', command: typed, text: `The terminal did not start: ${problem}` };
    return { outcome: 'started', command: typed, text: 'A terminal with a shell in the container was opened.' };
  }

  return { detail, act, shell };
}

function gone(): ActionResult {
  return actionResult('gone', say('container.result.gone'));
}

function judgeRefusal(error: ContainerEngineError): ActionResult {
  const words = error.outage?.sentences?.detail ?? [{ text: engineWords(error) }];
  if (error.outage?.reason === 'permission-denied') return actionResult('permission-denied', say('container.result.denied'), ...words);
  if (error.statusCode === 404) return gone();
  if (error.statusCode === 409) return actionResult('refused', say('container.result.refused'), ...words);
  return actionResult('failed', say('container.result.failed'), ...words);
}

/** "(HTTP code 409) unexpected - …" is the driver's wrapping; what follows is the engine's own. */
function engineWords(error: ContainerEngineError): string {
  const text = error.outage?.detail ?? error.message.replace(/^\(HTTP code \d+\) [^-]* - /, '');
  return text.trim().slice(0, 500);
}
