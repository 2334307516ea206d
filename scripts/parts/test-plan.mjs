/**
 * What runs beside what: phases one after another, in each the lanes that run at the same time, in each lane its steps one after another,
 * several where they stand together. Most integration tests wait (for an engine, a back-off, a poll), the others keep a core busy: two at a
 * time take little longer than the longer one. Three took as long on two cores (682 s), and figures compared with a peer went apart. What sets off LogScope's own alarms,
 * watches every process or takes the whole machine for itself must not stand beside a window that tells the state of this machine.
 */
const phases = [
  [[['unit']], [['integration-machine']]],
  [
    [['e2e-web'], ['e2e-electron']],
    [['integration-parts'], ['integration-files']],
  ],
];

/** What a person may ask for, and the steps it stands for. */
const stepsOfSuites = {
  unit: ['unit'],
  integration: ['integration-machine', 'integration-files', 'integration-parts'],
  'e2e-web': ['e2e-web'],
  'e2e-electron': ['e2e-electron'],
};

export const suiteNames = Object.keys(stepsOfSuites);

/** @param {readonly string[]} suites names of suites @returns {{ lanes: string[][][] }[]} the phases, without what is not wanted */
export function planTests(suites) {
  const wanted = new Set(suites.flatMap((name) => stepsOfSuites[name]));
  const filled = (list) => list.filter((inner) => inner.length > 0);
  const wantedOf = (lane) => filled(lane.map((steps) => steps.filter((step) => wanted.has(step))));
  return phases.map((lanes) => ({ lanes: filled(lanes.map(wantedOf)) })).filter(({ lanes }) => lanes.length > 0);
}

/** Integration tests (by the start of their names) that no window may stand beside, and why. */
const wholeMachine = [
  // Read what the command line says of this very machine.
  /^(cli|process-cli|host|ports|policies|roles)\b/,
  // Start programs that look like attacks, give numbers of processes away again, look at every process.
  /^(process|processes|risk|stop-process)\b/,
  // 300 containers at once, 50 MB through pipes.
  /^(containers-storm|run-command)\b/,
];

/** Those that need neither an engine nor a systemd machine, but files of their own and the loopback: beside anything. */
const filesAlone = [/^(log-store|log-files|log-keeper|log-past|store|traffic-(cache|desk|door|goaccess|thread)|web)\b/];

/**
 * Integration test files in the steps they belong to; a new one is among the `parts`.
 * @param {readonly string[]} names of files, without folders
 * @returns {{ machine: string[], files: string[], parts: string[] }}
 */
export function divideIntegration(names) {
  const kindOf = (name) => {
    if (wholeMachine.some((pattern) => pattern.test(name))) return 'machine';
    return filesAlone.some((pattern) => pattern.test(name)) ? 'files' : 'parts';
  };
  const divided = { machine: [], files: [], parts: [] };
  for (const name of names.filter((one) => one.endsWith('.test.ts')).sort()) divided[kindOf(name)].push(name);
  return divided;
}
