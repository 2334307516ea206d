/**
 * What runs beside what. Most integration tests wait (for an engine, a back-off, a poll), the others keep a core busy, so two runners at
 * a time take little longer than the longer one. A phase begins when the one before it has ended: what sets off LogScope's own alarms,
 * watches every process or takes the whole machine for itself must not stand beside a window that tells the state of this machine.
 */
const phases = [
  [['unit'], ['integration-machine']],
  [['e2e-web', 'e2e-electron'], ['integration-parts']],
];

/** What a person may ask for, and the steps it stands for. */
const stepsOfSuites = {
  unit: ['unit'],
  integration: ['integration-machine', 'integration-parts'],
  'e2e-web': ['e2e-web'],
  'e2e-electron': ['e2e-electron'],
};

export const suiteNames = Object.keys(stepsOfSuites);

/**
 * Phases one after another, in each the lanes that run at the same time, in each of them its steps one after another.
 * @param {readonly string[]} suites names of suites @returns {string[][][]}
 */
export function planTests(suites) {
  const wanted = new Set(suites.flatMap((name) => stepsOfSuites[name]));
  return phases
    .map((lanes) => lanes.map((steps) => steps.filter((step) => wanted.has(step))).filter((steps) => steps.length > 0))
    .filter((lanes) => lanes.length > 0);
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

/**
 * Integration test files in the two steps they belong to; a new one is among the `parts`.
 * @param {readonly string[]} names of files, without folders @returns {{ machine: string[], parts: string[] }}
 */
export function divideIntegration(names) {
  const tests = names.filter((name) => name.endsWith('.test.ts')).sort();
  const takesAll = (name) => wholeMachine.some((pattern) => pattern.test(name));
  return { machine: tests.filter(takesAll), parts: tests.filter((name) => !takesAll(name)) };
}
