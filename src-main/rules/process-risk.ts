import { formatPercent, formatSocket } from '../../src-shared/format';
import type { Reason } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { ListeningSocket, ProcessFacts, Risk } from '../../src-shared/snapshots';
import { type RuleId, reason } from './reason';
import { ratioOf } from './thresholds';

/**
 * The first risk table: how unusual a process looks, never "is malware". Points add up and stop at 100.
 * No single fact makes a process red: 70 needs at least two of origin, privilege, network and memory.
 */
export const riskPoints = {
  'risk-root': 10,
  'risk-listens-everywhere': 15,
  'risk-root-listens-everywhere': 10,
  'risk-memory-share': 10,
  'risk-exe-deleted': 30,
  'risk-exe-temporary': 35,
  'risk-exe-memory-only': 50,
} as const satisfies Partial<Record<RuleId, number>>;

const sharedMemoryExtraPoints = 15;
const hugeMemoryExtraPoints = 10;
export const riskWarningScore = 20;
export const riskCriticalScore = 70;
const memoryShareRatio = 0.2;
const hugeMemoryShareRatio = 0.4;
const shownSockets = 4;
const temporaryDirectories = ['/tmp', '/var/tmp', '/dev/shm'] as const;
const noRisk: Risk = {
  score: 0,
  level: 'ok',
  riskLevel: 'ordinary',
  axes: { threat: 0, exposure: 0, health: 0 },
  evidenceRatio: 1,
  reasons: [],
  expectedRules: [],
};

/** Score, level and reasons (heaviest first) of one process; memoryTotalBytes is the machine's. */
export function judgeProcessRisk(process: ProcessFacts, memoryTotalBytes: number): Risk {
  if (process.kernelThread) return noRisk;
  const parts: { readonly points: number; readonly reason: Reason }[] = [];
  const add = (rule: keyof typeof riskPoints, values: Reason['values'] = {}, extraPoints = 0) =>
    parts.push({ points: riskPoints[rule] + extraPoints, reason: reason(rule, values) });

  addOrigin(process, add);
  const isRoot = process.uid === 0 || process.user === 'root' || process.user === 'SYSTEM';
  if (isRoot) add('risk-root', { user: process.user ?? 'root' });
  const open = process.listening.filter(listensEverywhere);
  if (open.length > 0) {
    add('risk-listens-everywhere', { sockets: describeSockets(open), count: open.length });
    if (isRoot) add('risk-root-listens-everywhere');
  }
  const share = ratioOf(process.pssBytes ?? process.rssBytes, memoryTotalBytes);
  if (share !== null && share >= memoryShareRatio) {
    add('risk-memory-share', { percent: formatPercent(share) }, share >= hugeMemoryShareRatio ? hugeMemoryExtraPoints : 0);
  }

  if (parts.length === 0) return noRisk;
  parts.sort((a, b) => b.points - a.points);
  const score = Math.min(
    100,
    parts.reduce((sum, part) => sum + part.points, 0),
  );
  return {
    ...noRisk,
    score,
    level: levelOfScore(score),
    axes: { ...noRisk.axes, threat: score },
    reasons: parts.map(({ points, reason }) => ({ ...reason, axis: 'threat', points })),
  };
}

/** memfd is tested before deleted: its link both begins with /memfd: and ends in "(deleted)". */
function addOrigin(
  process: ProcessFacts,
  add: (rule: keyof typeof riskPoints, values?: Reason['values'], extraPoints?: number) => void,
): void {
  if (process.exe === null) return;
  if (process.exe.startsWith('/memfd:')) {
    add('risk-exe-memory-only');
    return;
  }
  if (process.exeDeleted === true) add('risk-exe-deleted');
  const directory = temporaryDirectories.find((one) => process.exe?.startsWith(`${one}/`));
  if (directory !== undefined) add('risk-exe-temporary', { directory }, directory === '/dev/shm' ? sharedMemoryExtraPoints : 0);
}

export function levelOfScore(score: number): Level {
  if (score >= riskCriticalScore) return 'critical';
  return score >= riskWarningScore ? 'warning' : 'ok';
}

/** All interfaces of the process's network; a container's own network is not this machine's, but the fact stays the fact. */
export function listensEverywhere(socket: ListeningSocket): boolean {
  return socket.address === '0.0.0.0' || socket.address === '::' || socket.address === '*';
}

function describeSockets(sockets: readonly ListeningSocket[]): string {
  const all = [...new Set(sockets.map((socket) => `${formatSocket(socket.address, socket.port)}/${socket.protocol}`))];
  const shown = all.slice(0, shownSockets).join(', ');
  return all.length > shownSockets ? `${shown} +${all.length - shownSockets}` : shown;
}
