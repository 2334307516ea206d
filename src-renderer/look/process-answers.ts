import type { StopReturn, StopSignal } from '../../src-shared/contract';
import type { ProcessesSnapshot } from '../../src-shared/snapshots';
import { sampleAttempts, sampleProcessExplanation, sampleStopPreview } from '../client/sample-process-answers';

/** Answers of the invented core about processes. `latest`: the list they are about. */
export function createProcessAnswers(latest: () => ProcessesSnapshot, typedName: boolean) {
  const find = (id: string) => {
    const { processes } = latest();
    const process = processes.find((one) => one.id === id) ?? processes[0];
    if (process === undefined) throw new Error(id);
    return { process, processes };
  };
  return {
    'processes.explain': ({ id }: { readonly id: string }) => {
      const { process, processes } = find(id);
      return sampleProcessExplanation(process, processes);
    },
    'processes.preview': ({ id }: { readonly id: string }) => {
      const { process, processes } = find(id);
      const preview = sampleStopPreview(process, processes, Date.now());
      return typedName && preview.killClass === 'K1' ? { ...preview, refusal: null, nameMustBeTyped: true } : preview;
    },
    'processes.stop': ({ signal, withDescendants }: { readonly signal: StopSignal; readonly withDescendants?: boolean | undefined }) => ({
      outcome:
        signal === 'SIGTERM'
          ? ('still-there' as const)
          : signal === 'SIGSTOP'
            ? ('paused' as const)
            : signal === 'SIGCONT'
              ? ('continued' as const)
              : ('gone' as const),
      signal,
      text: '',
      ticket: signal === 'SIGTERM' ? 't2' : null,
      descendants: withDescendants ? [{ pid: 40131, name: 'esbuild', outcome: 'gone' as const }] : [],
      returnWatch: signal === 'SIGKILL' ? 'w1' : null,
    }),
    'processes.came-back': () =>
      new Promise<StopReturn>((resolve) => setTimeout(() => resolve({ cameBack: { pid: 41022, name: 'redis-server' } }), 2_000)),
    'processes.save-evidence': () => ({
      folder: '/home/dev/.local/share/logscope/evidence/2026-11-21T120420-31337-kworker',
      files: ['exe', 'command.txt', 'maps.txt', 'sockets.txt', 'parents.txt'],
      missing: ['environment: permission denied'],
    }),
    'processes.expect': ({ rule, expected }: { readonly rule: string; readonly expected: boolean }) => ({
      expectedRules: expected ? [rule] : [],
    }),
    'processes.audit': () => sampleAttempts(Date.now()),
  };
}
