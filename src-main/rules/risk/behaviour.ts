import type { RoleEntry } from '../../../src-shared/roles/role-entry';
import type { StreamKind } from '../../../src-shared/snapshots';
import type { Kin } from '../process-context';
import { fetchAndRunPart } from './command-line';
import { minerMarker } from './miner';
import { homeOf, temporaryPlaceOf } from './places';
import { isDownloader, isInterpreter, isShell, programName } from './programs';
import { baseName, evidenceWith, type RiskFamily, type RiskHit, type RiskRule } from './rule';

/** R07 */
const shellOnNetwork: RiskRule = ({ process, context }) => {
  const streams = evidenceWith(process, 'open-files')?.streams ?? null;
  if (streams === null || !(isShell(process) || isInterpreter(process))) return null;
  const isNetwork = (stream: StreamKind | undefined) => stream === 'network';
  // Input and output are what makes it a remote control; errors often go to a file or are closed.
  if (!isNetwork(streams[0]) || !isNetwork(streams[1])) return null;
  const hit = { rule: 'risk-network-shell', axis: 'threat', values: { name: programName(process) } } as const;
  return isStartedForConnection(context.parent, process.unit) ? { ...hit, points: 15, weak: true } : { ...hit, points: 80, decisive: true };
};

/** inetd and its like, and socket units with Accept=yes (their instances are called name@number…), hand the connection over on purpose. */
function isStartedForConnection(parent: Kin | null, unit: string | null): boolean {
  if (parent === null || parent.entry === null || parent.role.claimed) return false;
  if (parent.entry.category === 'init') return unit?.includes('@') === true && !unit.startsWith('user@');
  return /^(?:x?inetd|tcpserver|tcpsvd|rinetd)$/.test(parent.name);
}

/** Steps up from a shell to what started it all: a shell in a shell is still what started the first. */
const ancestorsLookedAt = 4;

/** R08 */
const serverStartedShell: RiskRule = ({ process, context }) => {
  if (!isShell(process) && !isDownloader(process)) return null;
  if (process.terminal !== null) return null;
  let kin = context.parent;
  for (let step = 0; kin !== null && step < ancestorsLookedAt; step++, kin = kin.parent) {
    if (isServer(kin)) {
      return { rule: 'risk-server-shell', axis: 'threat', points: 45, values: { name: programName(process), server: kin.name } };
    }
    if (!isShell(kin)) return null;
  }
  return null;
};

/** A web server or database or a worker of one, not the client of the same package: clients have a terminal and listen nowhere. */
function isServer({ entry, role, terminal, parent }: Kin): boolean {
  if (entry === null || role.claimed || terminal !== null || entry.startsShells === true) return false;
  if (!servesOthers(entry)) return false;
  const listener = (entry.ports?.length ?? 0) > 0 ? entry : parent?.role.claimed === false ? parent.entry : null;
  return listener?.category === entry.category && (listener.ports?.length ?? 0) > 0;
}

/** Runtimes that run web applications as a service (PHP-FPM, Gunicorn) are where most holes in web pages end. */
function servesOthers({ category, developerTool, stop }: RoleEntry): boolean {
  return category === 'web-server' || category === 'database' || (category === 'runtime' && stop === 'K2' && developerTool !== true);
}

/** R09. By its name it is one; by its command line it may be an editor with the word in a file name. */
const looksLikeMiner: RiskRule = ({ process }) => {
  const marker = minerMarker(process);
  if (marker === null) return null;
  const hit = { rule: 'risk-miner', axis: 'threat', points: 60, values: { marker: marker.text } } as const;
  return marker.byName ? hit : { ...hit, weak: true };
};

const injectingVariables: ReadonlySet<string> = new Set(['LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'APPINIT_DLLS']);
/** Libraries made for being put in front of others: allocators, sandboxes for builds, recorders of memory errors. */
const innocentLibraries =
  /^lib(?:jemalloc|tcmalloc|mimalloc|fakeroot|fakechroot|faketime|eatmydata|proxychains|torsocks|asan|lsan|tsan|ubsan|gtk3-nocsd|stderred|v4l|nss_wrapper|uid_wrapper|socket_wrapper|pulsedsp|seccomp|hardened_malloc|nosync|cowdancer|umockdev|vgl|dlfaker|snapd|python|stdbuf|coreutils\/libstdbuf)[^/]*\.so/;

/** R11 */
const hasInjectedLibrary: RiskRule = ({ process }) => {
  const variables = evidenceWith(process, 'environment')?.loaderVariables ?? [];
  let heaviest: RiskHit | null = null;
  for (const { name, files } of variables) {
    if (!injectingVariables.has(name)) continue;
    for (const file of files) {
      const hit = injection(name, file);
      if (hit.points > (heaviest?.points ?? 0)) heaviest = hit;
    }
  }
  return heaviest;
};

function injection(variable: string, file: string): RiskHit {
  const hit = { rule: 'risk-injected-library', axis: 'threat', values: { variable, file } } as const;
  if (temporaryPlaceOf(file) !== null) return { ...hit, points: 45 };
  if (innocentLibraries.test(baseName(file))) return { ...hit, points: 5, weak: true };
  return homeOf(file) === null ? { ...hit, points: 25, weak: true } : { ...hit, points: 30, weak: true };
}

/** R11 for the whole machine: told of each program, because each one has it in it. */
const hasSystemPreload: RiskRule = ({ process, context }) => {
  // A container and a program linked statically do not read the machine's file; the first is certain, the second is not known.
  if (context.preloadedLibraries.length === 0 || process.container !== null || process.pod !== null) return null;
  const writable = context.preloadedLibraries.find((file) => temporaryPlaceOf(file) !== null);
  const values = { file: writable ?? context.preloadedLibraries.join(', ') };
  return { rule: 'risk-system-preload', axis: 'threat', points: writable === undefined ? 5 : 45, values };
};

/** R13 */
const hasWritableCode: RiskRule = ({ process, entry }) => {
  const count = evidenceWith(process, 'memory-map')?.writableExecutableCount ?? 0;
  if (count === 0 || entry?.makesCode === true) return null;
  return { rule: 'risk-writable-code', axis: 'threat', points: 5, values: { count }, weak: true, corroborating: true };
};

/** R14 */
const fetchesAndRuns: RiskRule = ({ process }) => {
  if (!isShell(process) && !isInterpreter(process)) return null;
  const part = fetchAndRunPart(process.command, /^(?:pwsh|powershell)/i.test(programName(process)));
  return part === null ? null : { rule: 'risk-fetch-and-run', axis: 'threat', points: 35, values: { part }, weak: true };
};

/** R16 */
const isTraced: RiskRule = ({ process, context }) => {
  const tracerPid = evidenceWith(process, 'status')?.tracerPid ?? null;
  if (tracerPid === null) return null;
  const { tracer } = context;
  const isDebugger = tracer?.role.claimed === false && (tracer.entry?.category === 'developer' || tracer.entry?.category === 'monitoring');
  const values = { tracer: tracer?.name ?? '?', pid: tracerPid };
  return { rule: 'risk-traced', axis: 'threat', points: isDebugger ? 5 : 15, values, weak: true };
};

export const behaviour: RiskFamily = {
  name: 'behaviour',
  rules: [
    shellOnNetwork,
    serverStartedShell,
    looksLikeMiner,
    hasInjectedLibrary,
    hasSystemPreload,
    hasWritableCode,
    fetchesAndRuns,
    isTraced,
  ],
};
