import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExecutableFile, OwningPackage, ProcessEvidence, ProcessesFacts, ProcessFacts } from '../../src-shared/snapshots';

/** Recorded facts of a whole machine as they stand in test/fixtures/baselines: what equals the defaults is left out, times are relative. */
interface StoredBaseline {
  readonly note: string;
  readonly coreCount: number;
  readonly memoryTotalBytes: number;
  readonly defaults: {
    readonly facts: Partial<ProcessFacts>;
    readonly evidence: Partial<ProcessEvidence>;
    readonly file: ExecutableFile;
    /** What `all` stands for. */
    readonly strongCapabilities: readonly string[];
  };
  readonly processes: readonly StoredProcess[];
}

type StoredProcess = Omit<ProcessFacts, 'evidence'> & { readonly evidence: StoredEvidence | null };
type StoredEvidence = Omit<ProcessEvidence, 'argumentList' | 'strongCapabilities' | 'file' | 'package'> & {
  /** Left out: the command line parted at blanks. */
  readonly argumentList?: readonly string[];
  readonly strongCapabilities?: readonly string[] | 'all' | null;
  readonly file: Partial<ExecutableFile> | null;
  readonly package: readonly [name: string, summary: string | null, manager: OwningPackage['manager']] | null;
};

export const baselineNames = [
  'debian-daemons',
  'debian-daemons-as-user',
  'debian-after-update',
  'container-from-outside',
  'project-building',
] as const;

/** The facts as they would be at `nowMs`. */
export function readBaseline(name: (typeof baselineNames)[number], nowMs: number): ProcessesFacts {
  const stored: StoredBaseline = JSON.parse(readFileSync(resolve('test/fixtures/baselines', `${name}.json`), 'utf8'));
  const at = (relativeMs: number | null | undefined) => (relativeMs === null || relativeMs === undefined ? null : nowMs + relativeMs);
  const processes = stored.processes.map((process): ProcessFacts => {
    const facts = { ...stored.defaults.facts, ...process };
    return {
      ...facts,
      startedAtMs: at(process.startedAtMs),
      busySinceMs: at(process.busySinceMs),
      heldStateSinceMs: at(process.heldStateSinceMs),
      evidence: process.evidence === null ? null : readEvidence(process.evidence, process.command, stored, nowMs),
    };
  });
  const { coreCount, memoryTotalBytes } = stored;
  return { processes, coreCount, memoryTotalBytes, hiddenCount: 0, unownedSockets: [], evidencePendingCount: 0, preloadedLibraries: [] };
}

function readEvidence(evidence: StoredEvidence, command: string, { defaults }: StoredBaseline, nowMs: number): ProcessEvidence {
  const file = evidence.file === null ? null : { ...defaults.file, ...evidence.file };
  const replacedAtMs = file?.replacedAtMs ?? null;
  const { strongCapabilities } = evidence;
  return {
    argumentList: command.split(' '),
    ...defaults.evidence,
    ...evidence,
    strongCapabilities:
      strongCapabilities === 'all' ? defaults.strongCapabilities : strongCapabilities === undefined ? [] : strongCapabilities,
    file: file === null ? null : { ...file, replacedAtMs: replacedAtMs === null ? null : nowMs + replacedAtMs },
    package: evidence.package === null ? null : { name: evidence.package[0], summary: evidence.package[1], manager: evidence.package[2] },
  };
}
