/** The parts of the evidence; those that these rights or this platform do not give are named in `missing`. */
export const evidenceParts = [
  'status',
  'arguments',
  'environment',
  'memory-map',
  'open-files',
  'file',
  'package',
  'namespaces',
  'working-directory',
] as const;
export type EvidencePart = (typeof evidenceParts)[number];

/** Where a standard stream leads. `network`: a TCP or UDP socket of the internet families. */
export type StreamKind = 'network' | 'socket' | 'pipe' | 'terminal' | 'file' | 'null' | 'closed' | 'other';

/**
 * Facts about one process that cost too much to be read with each sample: read when its identity is new or changed, then
 * seldom, within a budget. A part that is `missing` has the value null (or an empty list where nothing could be said), or holds what
 * was seen up to a limit (a memory map or an environment that is too long).
 */
export interface ProcessEvidence {
  readonly missing: readonly EvidencePart[];
  /** The command line as a list: at most 64 arguments of at most 1,024 characters each. */
  readonly argumentList: readonly string[];
  readonly realUid: number | null;
  readonly effectiveUid: number | null;
  /** Names (`cap_sys_admin`) of the strong ones it holds effectively; see docs/sources/processes.md for which these are. Null: unknown. */
  readonly strongCapabilities: readonly string[] | null;
  /** Process that traces this one; null when none does or unknown. */
  readonly tracerPid: number | null;
  /** Loader variables of its environment with the files they name. Values of all other variables are never kept. */
  readonly loaderVariables: readonly { readonly name: string; readonly files: readonly string[] }[];
  /** Standard input, output and error. */
  readonly streams: readonly StreamKind[] | null;
  readonly openFileCount: number | null;
  readonly openFileLimit: number | null;
  /** Stretches of memory that may be written and executed. */
  readonly writableExecutableCount: number | null;
  /** Code mapped from files that are deleted or stand where anyone may write; at most 20. */
  readonly foreignLibraries: readonly { readonly path: string; readonly deleted: boolean }[] | null;
  readonly file: ExecutableFile | null;
  /** Package that owns the executable; null: none does, or `package` is missing. */
  readonly package: OwningPackage | null;
  /** Namespaces it shares with the machine although it is in a container; empty for a process of the machine itself. */
  readonly hostNamespaces: readonly ('pid' | 'network')[];
  /** It is in a container and sees the socket of a container engine. */
  readonly engineSocketMounted: boolean;
  /** Holds raw or packet sockets: it can read traffic that is not meant for it. */
  readonly rawSockets: readonly ('raw' | 'packet')[];
  readonly workingDirectory: string | null;
  readonly project: Project | null;
}

/** The file it runs, as it stands on the disk now. */
export interface ExecutableFile {
  readonly device: number;
  readonly inode: number;
  readonly modifiedAtMs: number;
  readonly sizeBytes: number;
  readonly ownerUid: number;
  /** Set when users other than root and the owner may change it or a folder above it: which. */
  readonly changeableAt: string | null;
  /** Another file stands at its path by now (an update): when that was changed. */
  readonly replacedAtMs: number | null;
  /** Type of the mount it stands on (`ext4`, `fuse.foo.AppImage`); null: unknown. */
  readonly fileSystem: string | null;
}

export interface OwningPackage {
  readonly name: string;
  /** One line from the package's own description; null where there is none. */
  readonly summary: string | null;
  readonly manager: 'dpkg' | 'rpm' | 'apk' | 'pacman';
}

/** The work folder a process belongs to: the git root above its working directory. */
export interface Project {
  readonly root: string;
  readonly name: string;
  /** Branch, or the short commit of a detached head; null: unknown. */
  readonly branch: string | null;
}
