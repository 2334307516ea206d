import type { Kin } from '../process-context';
import { isDownload, isPackagedPlace, temporaryPlaceOf } from './places';
import { evidenceWith, isGenuine, type RiskFamily, type RiskHit, type RiskRule, type RiskSubject } from './rule';

const memoryPrefix = '/memfd:';

/** R01. Tested before "deleted": the link of such a program begins with /memfd: and ends in "(deleted)" too. */
const runsFromMemory: RiskRule = ({ process, context }) => {
  if (!process.exe?.startsWith(memoryPrefix)) return null;
  const hit = { rule: 'risk-exe-memory-only', axis: 'threat', values: { file: process.exe } } as const;
  // runc copies itself into memory so that a container cannot overwrite it (CVE-2019-5736).
  const runtimeCopy = /^\/memfd:(?:runc|crun)_cloned:/.test(process.exe) && isStartedByContainerEngine(context.parent);
  return runtimeCopy ? { ...hit, points: 10, weak: true } : { ...hit, points: 65, decisive: true };
};

/** The copy starts copies: the engine itself may stand a few steps above. */
function isStartedByContainerEngine(parent: Kin | null): boolean {
  let kin = parent;
  for (let step = 0; kin !== null && step < 4; step++, kin = kin.parent) {
    if (kin.entry?.category === 'container' && !kin.role.claimed) return true;
  }
  return false;
}

/** R02 */
const fileIsGone: RiskRule = ({ process }) => {
  const { exe, exeDeleted } = process;
  if (exe === null || exeDeleted !== true || exe.startsWith(memoryPrefix)) return null;
  const evidence = evidenceWith(process, 'file');
  // A unit with ExecPaths= has its program mounted as a single file: once that is replaced, the kernel shows "/ (deleted)".
  if (evidence === null || exe === '/') return { rule: 'risk-exe-updated', axis: 'threat', points: 5, values: { file: exe }, weak: true };
  if ((evidence.file?.replacedAtMs ?? null) === null)
    return { rule: 'risk-exe-deleted', axis: 'threat', points: 30, values: { file: exe }, weak: true };
  const unowned = evidence.package === null && !evidence.missing.includes('package');
  return { rule: 'risk-exe-updated', axis: 'threat', points: unowned ? 10 : 5, values: { file: exe }, weak: true };
};

/** R03 */
const runsFromTemporaryPlace: RiskRule = (subject) => {
  const { process } = subject;
  if (process.exe === null) return null;
  const place = temporaryPlaceOf(process.exe);
  if (place === null) {
    if (!isDownload(process.exe)) return null;
    return { rule: 'risk-exe-downloads', axis: 'threat', points: 15, values: { file: process.exe }, weak: true };
  }
  const values = { directory: place.folder, file: process.exe };
  if (place.inMemory) return { rule: 'risk-exe-temporary', axis: 'threat', points: 50, values };
  return { rule: 'risk-exe-temporary', axis: 'threat', points: temporaryPoints(subject), values, weak: true };
};

/** AppImages mount themselves there; compilers and installers run what they have just made there. */
function temporaryPoints({ process, context }: RiskSubject): number {
  const exe = process.exe ?? '';
  const fileSystem = process.evidence?.file?.fileSystem ?? null;
  if (/^\/tmp\/\.mount_[^/]+\//.test(exe) && (fileSystem === null || fileSystem.startsWith('fuse'))) return 5;
  const starter = context.parent;
  const makesPrograms = starter?.entry?.developerTool === true || starter?.entry?.category === 'package';
  if (makesPrograms && starter?.role.claimed === false) return 20;
  return 35;
}

/** Mapped on purpose by what makes code at run time, wherever it runs: double mapping of .NET, JIT of GJS, graphics drivers. */
const innocentMemoryMaps = /^\/memfd:(?:doublemapper|jit|JIT|JITCode|wayland|mesa|nv|pulseaudio|gdk|xorg|libffi)/;
/** Memory that only bears the name of a file: huge pages, old ways to share memory, graphics memory. Never was a file. */
const namedMemory = /^\/(?:anon_hugepage|dev\/zero|SYSV[0-9a-f]{8}|drm mm object|i915|\[aio\])/;

/** R12 */
const mapsForeignCode: RiskRule = ({ process, entry }) => {
  const libraries = evidenceWith(process, 'memory-map')?.foreignLibraries ?? [];
  let heaviest: RiskHit | null = null;
  for (const { path, deleted } of libraries) {
    const points = libraryPoints(path, deleted, entry?.makesCode === true, process.exe);
    if (points > (heaviest?.points ?? 0))
      heaviest = {
        rule: points <= 5 ? 'risk-code-updated' : 'risk-foreign-code',
        axis: 'threat',
        points,
        values: { file: path },
      };
  }
  return heaviest;
};

function libraryPoints(path: string, deleted: boolean, makesCode: boolean, exe: string | null): number {
  if (namedMemory.test(path)) return 0;
  if (path.startsWith(memoryPrefix)) return makesCode || innocentMemoryMaps.test(path) ? 0 : 15;
  const place = temporaryPlaceOf(path);
  if (place !== null) {
    if (makesCode) return 5;
    // A program from there brings its libraries along (a root file system being made), and so do bundles of Python programs:
    // the first is told as the place of the program already.
    const isOwn = exe !== null && temporaryPlaceOf(exe)?.folder === place.folder;
    if (isOwn) return 0;
    return /^\/tmp\/_MEI\w+\//.test(path) ? 10 : 30;
  }
  if (!deleted) return 0;
  // A library of the distribution that is gone was replaced by an update; the program has not been started again since.
  return isPackagedPlace(path) || makesCode ? 5 : 15;
}

/** R17 on Linux, where nothing is signed: a file in the folders of the distribution that no package put there. */
const comesFromNoPackage: RiskRule = ({ process, context }) => {
  if (context.platform !== 'linux' || process.exe === null || process.exeDeleted === true) return null;
  if (process.container !== null || process.pod !== null) return null;
  const evidence = evidenceWith(process, 'package');
  if (evidence === null || evidence.package !== null || !isPackagedPlace(process.exe)) return null;
  return { rule: 'risk-unpackaged', axis: 'threat', points: 10, values: { file: process.exe }, weak: true };
};

/** What is weak counts less for a program that is known, unchanged and where its package put it. */
export function isTrusted(subject: RiskSubject): boolean {
  const { exe, exeDeleted, evidence } = subject.process;
  // Not allowed to look: the rules that met may be those of a trusted program, so they get its discount.
  if (exe === null) return true;
  if (!isGenuine(subject) || temporaryPlaceOf(exe) !== null) return false;
  if (evidence === null) return true;
  if (evidence.package === null && !evidence.missing.includes('package')) return false;
  if (evidence.file !== null && evidence.file.changeableAt !== null) return false;
  return exeDeleted !== true || evidence.file === null || evidence.file.replacedAtMs !== null;
}

export const origin: RiskFamily = {
  name: 'origin',
  rules: [runsFromMemory, fileIsGone, runsFromTemporaryPlace, mapsForeignCode, comesFromNoPackage],
};
