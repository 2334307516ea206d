import type { Reason } from '../../src-shared/judgement';
import type { ProcessEnd } from '../../src-shared/unit-facts';
import { type RuleId, reason } from './reason';
import { isCrashSignal, signalName } from './signal-names';

/** Exit statuses by which systemd says that it could not even prepare the process: systemd.exec(5), "Process Exit Codes". */
const setupSteps: ReadonlyMap<number, string> = new Map([
  [200, 'CHDIR'],
  [201, 'NICE'],
  [202, 'FDS'],
  [203, 'EXEC'],
  [204, 'MEMORY'],
  [205, 'LIMITS'],
  [206, 'OOM_ADJUST'],
  [207, 'SIGNAL_MASK'],
  [208, 'STDIN'],
  [209, 'STDOUT'],
  [210, 'CHROOT'],
  [211, 'IOPRIO'],
  [212, 'TIMERSLACK'],
  [213, 'SECUREBITS'],
  [214, 'SETSCHEDULER'],
  [215, 'CPUAFFINITY'],
  [216, 'GROUP'],
  [217, 'USER'],
  [218, 'CAPABILITIES'],
  [219, 'CGROUP'],
  [220, 'SETSID'],
  [221, 'CONFIRM'],
  [222, 'STDERR'],
  [224, 'PAM'],
  [225, 'NETWORK'],
  [226, 'NAMESPACE'],
  [227, 'NO_NEW_PRIVILEGES'],
  [228, 'SECCOMP'],
  [229, 'SELINUX_CONTEXT'],
  [230, 'PERSONALITY'],
  [231, 'APPARMOR'],
  [232, 'ADDRESS_FAMILIES'],
  [233, 'RUNTIME_DIRECTORY'],
  [235, 'CHOWN'],
  [236, 'SMACK_PROCESS_LABEL'],
  [237, 'KEYRING'],
  [238, 'STATE_DIRECTORY'],
  [239, 'CACHE_DIRECTORY'],
  [240, 'LOGS_DIRECTORY'],
  [241, 'CONFIGURATION_DIRECTORY'],
  [242, 'NUMA_POLICY'],
  [243, 'CREDENTIALS'],
  [244, 'BPF'],
]);

/** The steps that go wrong in practice have words of their own. */
const wordedSteps: ReadonlyMap<number, RuleId> = new Map([
  [200, 'unit-exit-chdir'],
  [203, 'unit-exit-exec'],
  [208, 'unit-exit-stdio'],
  [209, 'unit-exit-stdio'],
  [216, 'unit-exit-group'],
  [217, 'unit-exit-user'],
  [222, 'unit-exit-stdio'],
  [226, 'unit-exit-namespace'],
  [233, 'unit-exit-directory'],
  [238, 'unit-exit-directory'],
  [239, 'unit-exit-directory'],
  [240, 'unit-exit-directory'],
  [241, 'unit-exit-directory'],
  [243, 'unit-exit-credentials'],
]);

/** "EXEC" for 203: systemd's own preparation failed and the program of the unit never ran; null for a status of the program. */
export function setupStep(status: number): string | null {
  return setupSteps.get(status) ?? null;
}

/** How the process ended, in one sentence; `program` is named where that helps. */
export function explainEnd(end: ProcessEnd, program: string | null): Reason {
  const { status } = end;
  if (end.kind === 'dumped') return reason('unit-core-dump', { signal: signalName(status) });
  if (end.kind === 'killed') return reason(isCrashSignal(status) ? 'unit-crash' : 'unit-signal', { signal: signalName(status) });
  const step = setupStep(status);
  if (step !== null) return reason(wordedSteps.get(status) ?? 'unit-exit-setup', { status, step, program: program ?? '?' });
  if (status === 126) return reason('unit-exit-not-executable');
  if (status === 127) return reason('unit-exit-not-found');
  if (status > 128 && status < 160) return reason('unit-exit-by-signal', { status, signal: signalName(status - 128) });
  return reason('unit-exit-code', { status });
}
