import type { EvidencePart, ProcessEvidence, StreamKind } from '../../../../src-shared/snapshots/process-evidence';
import { createGitProjects } from '../../../platform/git-project';
import { parseOpenFilesLimit } from '../../../platform/proc-constants';
import type { Roots } from '../../../platform/roots';
import type { TrackedProcess } from '../read-table';
import { parseArguments, parseLoaderVariables } from './parse-arguments';
import { startMemoryMapScan } from './parse-memory-map';
import { isRemote, mountOf } from './parse-mounts';
import { parseStatus } from './parse-status';
import { createExecutableFileReader } from './read-executable-file';
import { createGroupMembers } from './read-groups';
import { createMountReader, type MountNamespace } from './read-mounts';
import { readOpenFileCount, readProcBytes, readProcLines, readProcLink, readProcText } from './read-parts';
import { createStreamReader } from './read-streams';

/** Which parts are read: all; without those that hardly ever change in a running program (maps, arguments, environment, limits); or the streams alone. */
export type EvidenceDepth = 'all' | 'changing' | 'streams';

/** Evidence without what others add: the package, and sockets that read all traffic. */
export type OwnEvidence = Omit<ProcessEvidence, 'package' | 'rawSockets'>;

export interface EvidenceRequest {
  readonly process: TrackedProcess;
  readonly depth: EvidenceDepth;
  /** What was read before, for the parts that are not read now; null: everything has to be read. */
  readonly before: OwnEvidence | null;
  readonly nowMs: number;
  /** Kinds of the sockets among its streams; kept with the process. */
  readonly sockets: Map<number, StreamKind>;
}

export interface EvidenceSource {
  /** Pauses between steps of well below a millisecond. */
  read(request: EvidenceRequest): Generator<undefined, OwnEvidence>;
}

const longestMapBytes = 2 * 1024 * 1024;
/** What only the user of a process (or root) may see. */
const privateParts: readonly EvidencePart[] = ['environment', 'memory-map', 'open-files', 'file', 'namespaces', 'working-directory'];

const unknown: OwnEvidence = {
  missing: [],
  argumentList: [],
  realUid: null,
  effectiveUid: null,
  strongCapabilities: null,
  tracerPid: null,
  loaderVariables: [],
  streams: null,
  openFileCount: null,
  openFileLimit: null,
  writableExecutableCount: null,
  foreignLibraries: null,
  file: null,
  hostNamespaces: [],
  engineSocketMounted: false,
  workingDirectory: null,
  project: null,
};

function sameStreams(before: OwnEvidence['streams'], after: OwnEvidence['streams']): boolean {
  return before === after || (before !== null && after !== null && before.every((kind, index) => kind === after[index]));
}

/** Reads the evidence on one process. Sources, costs and rights: docs/sources/processes.md. Nothing of it is ever logged. */
export function createEvidenceSource(roots: Roots): EvidenceSource {
  const streams = createStreamReader(roots.proc);
  const mountReader = createMountReader(roots);
  const files = createExecutableFileReader(createGroupMembers(roots.etc));
  const projects = createGitProjects();

  function hostNamespaces(directory: string): ProcessEvidence['hostNamespaces'] | null {
    const found: ('pid' | 'network')[] = [];
    for (const [kind, name] of [
      ['pid', 'pid'],
      ['network', 'net'],
    ] as const) {
      const theirs = readProcLink(`${directory}/ns/${name}`);
      if (theirs === null) return null;
      if (theirs === readProcLink(`${roots.proc}/self/ns/${name}`)) found.push(kind);
    }
    return found;
  }

  function* memoryMap(directory: string, exe: string | null): Generator<undefined, Partial<OwnEvidence> & { readonly whole: boolean }> {
    const scan = startMemoryMapScan(exe);
    for (const piece of readProcLines(`${directory}/maps`, longestMapBytes)) {
      if (piece === null) return { writableExecutableCount: null, foreignLibraries: null, whole: false };
      scan.take(piece.lines);
      // What was seen of a map that is too long is kept, and the part is told as missing.
      if (piece.cut) return { ...scan.facts(), whole: false };
      yield;
    }
    return { ...scan.facts(), whole: true };
  }

  function place(directory: string, process: TrackedProcess, mounts: MountNamespace | null, nowMs: number): Partial<OwnEvidence> {
    const folder = readProcLink(`${directory}/cwd`);
    if (folder === null) return { workingDirectory: null, project: null };
    // The folder of a container is not one of the machine, and a server that does not answer must not hold us.
    const local = process.slow.container === null && !isRemote(mounts === null ? null : mountOf(mounts.mounts, folder));
    return { workingDirectory: folder, project: local ? projects.projectOf(folder, nowMs) : null };
  }

  return {
    *read({ process, depth, before, nowMs, sockets }) {
      const directory = `${roots.proc}/${process.pid}`;
      if (depth === 'streams' && before !== null) {
        const kinds = yield* streams.read(directory, sockets);
        return sameStreams(before.streams, kinds) ? before : { ...before, streams: kinds };
      }
      const { exe, exeDeleted, hidden, container } = process.slow;
      const missing = new Set<EvidencePart>(before?.missing.filter((part) => part !== 'package'));
      const note = (part: EvidencePart, isMissing: boolean) => {
        if (isMissing) missing.add(part);
        else missing.delete(part);
      };
      let evidence: OwnEvidence = before ?? unknown;
      const statusText = readProcText(`${directory}/status`);
      note('status', statusText === null);
      evidence = { ...evidence, ...parseStatus(statusText ?? '') };
      if (hidden) {
        const hiddenArguments = readProcBytes(`${directory}/cmdline`);
        return {
          ...unknown,
          ...parseStatus(statusText ?? ''),
          argumentList: parseArguments(hiddenArguments?.bytes ?? Buffer.alloc(0)),
          missing: [...missing, ...privateParts.filter((part) => !missing.has(part))],
        };
      }
      // Streams of those that matter are looked at more often on their own.
      const streamKinds = depth === 'changing' && before !== null ? before.streams : yield* streams.read(directory, sockets);
      evidence = { ...evidence, streams: streamKinds };
      yield;

      const openFileCount = readOpenFileCount(directory, () => Number(/^FDSize:\s+(\d+)/m.exec(statusText ?? '')?.[1] ?? 0));
      note('open-files', openFileCount === null || streamKinds === null);
      evidence = { ...evidence, openFileCount };
      const mounts = mountReader.of(directory, nowMs, depth === 'all' ? 'new' : 'known');
      const inContainer = container !== null;
      const file = exe === null ? null : files.read({ directory, exe, exeDeleted: exeDeleted === true, inContainer }, mounts, nowMs);
      note('file', file === null);
      evidence = { ...evidence, file, ...place(directory, process, mounts, nowMs) };
      note('working-directory', evidence.workingDirectory === null);
      if (depth === 'changing' && before !== null) return { ...evidence, missing: [...missing] };
      yield;

      const argumentBytes = readProcBytes(`${directory}/cmdline`);
      note('arguments', argumentBytes === null);
      evidence = { ...evidence, argumentList: parseArguments(argumentBytes?.bytes ?? Buffer.alloc(0)) };
      const environment = readProcBytes(`${directory}/environ`);
      note('environment', environment === null || environment.cut);
      evidence = { ...evidence, loaderVariables: environment === null ? [] : parseLoaderVariables(environment.bytes) };
      evidence = { ...evidence, openFileLimit: parseOpenFilesLimit(readProcText(`${directory}/limits`) ?? '') };
      if (inContainer) {
        const shared = hostNamespaces(directory);
        note('namespaces', shared === null || mounts === null);
        evidence = { ...evidence, hostNamespaces: shared ?? [], engineSocketMounted: mounts?.seesEngineSocket() ?? false };
      }
      yield;
      const { whole, ...map } = yield* memoryMap(directory, exe);
      note('memory-map', !whole);
      return { ...evidence, ...map, missing: [...missing] };
    },
  };
}
