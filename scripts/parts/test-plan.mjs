/**
 * What runs beside what: two lanes at the same time, in each its steps one after another. Most integration tests wait (for an engine, a
 * back-off, a poll), the others keep a core busy: two at a time take little longer than the longer one. Three took as long on two cores
 * (682 s), and figures compared with a peer went apart. What needs files alone may stand beside anything: it fills both lanes, so that they
 * end together.
 */
const lanes = [
  ['unit', 'integration-stores', 'e2e-web', 'e2e-electron'],
  ['integration-machine', 'integration-parts', 'integration-files'],
];

/**
 * Steps that begin only when others have ended, which stand first in their lanes: what sets off LogScope's own alarms, watches every
 * process or takes the whole machine for itself must not stand beside a window that tells the state of this machine.
 */
const after = { 'e2e-web': ['integration-machine'], 'e2e-electron': ['integration-machine'] };

/** What a person may ask for, and the steps it stands for. */
const stepsOfSuites = {
  unit: ['unit'],
  integration: ['integration-machine', 'integration-stores', 'integration-files', 'integration-parts'],
  'e2e-web': ['e2e-web'],
  'e2e-electron': ['e2e-electron'],
};

export const suiteNames = Object.keys(stepsOfSuites);

/**
 * @param {readonly string[]} suites names of suites
 * @returns {{ name: string, after: string[] }[][]} the lanes, without what is not wanted
 */
export function planTests(suites) {
  const wanted = new Set(suites.flatMap((name) => stepsOfSuites[name]));
  const isWanted = (name) => wanted.has(name);
  const planned = lanes.map((names) => names.filter(isWanted).map((name) => ({ name, after: (after[name] ?? []).filter(isWanted) })));
  return planned.filter((steps) => steps.length > 0);
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

/** Those that need neither an engine nor a systemd machine, but files of their own and the loopback: what LogScope keeps, and the others. */
const stores = [/^(log-store|store)\b/];
const filesAlone = [/^(log-files|log-keeper|log-past|traffic-(cache|desk|door|goaccess|thread)|web)\b/];

/**
 * Integration test files in the steps they belong to; a new one is among the `parts`.
 * @param {readonly string[]} names of files, without folders
 * @returns {{ machine: string[], stores: string[], files: string[], parts: string[] }}
 */
export function divideIntegration(names) {
  const kinds = { machine: wholeMachine, stores, files: filesAlone };
  const divided = { machine: [], stores: [], files: [], parts: [] };
  for (const name of names.filter((one) => one.endsWith('.test.ts')).sort()) {
    const [kind = 'parts'] = Object.keys(kinds).filter((one) => kinds[one].some((pattern) => pattern.test(name)));
    divided[kind].push(name);
  }
  return divided;
}
