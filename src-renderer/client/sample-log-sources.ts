import { sourceDetail } from '../../src-shared/logs/source-detail';
import { say } from '../../src-shared/sentence';
import type { LogSource } from '../../src-shared/snapshots';
import { sampleSpeakers } from './sample-logs';

/** The speakers of the sample as sources, and some that have trouble. */
export function sampleLogSources(nowMs: number, trouble: boolean): readonly LogSource[] {
  const following = sampleSpeakers.map(({ origin, says }, at): LogSource => {
    const isErring = trouble && says.some(({ level }) => level === 'error');
    return {
      id: origin.key.slice(origin.key.indexOf('/') + 1),
      kind: origin.sourceKind,
      logKind: origin.kind,
      name: origin.name,
      state: 'following',
      detail: null,
      lineCount: 4123 * (at + 1),
      matchedCount: 12,
      cutCount: origin.name === 'search' ? 6 : 0,
      reopenedCount: origin.name === 'web' ? 1 : 0,
      ...(origin.name === 'web' ? { gapCount: 2 } : {}),
      lastLineAtMs: nowMs - 300 * (at + 1) ** 3,
      errorsPerMinute: isErring ? Array.from({ length: 30 }, (_, minute) => Math.max(0, ((minute * (at + 3)) % 7) - 4)) : [],
    };
  });
  if (!trouble) return following;
  const file = {
    kind: 'file',
    lineCount: 0,
    matchedCount: 0,
    cutCount: 0,
    reopenedCount: 0,
    lastLineAtMs: null,
    errorsPerMinute: [],
  } as const;
  return [
    ...following,
    {
      ...file,
      id: '/var/log/auth.log',
      logKind: 'security',
      name: '/var/log/auth.log',
      state: 'unavailable',
      ...sourceDetail([say('logSource.why.noPermissionGroup', { group: 'adm' })]),
      remedy: say('logSource.remedy.joinGroup', { group: 'adm' }),
    },
    {
      ...file,
      id: 'e5',
      kind: 'container',
      logKind: 'event',
      name: 'redis',
      state: 'retrying',
      detail: 'The engine closed the stream; next try in 4 s.',
      lineCount: 212,
      reopenedCount: 3,
    },
    {
      ...file,
      id: '0b1c2d3e-0000-4000-8000-000000000001/main',
      kind: 'pod',
      logKind: 'event',
      name: 'payments/ledger-6d9f4',
      state: 'unavailable',
      detail: 'pods "ledger-6d9f4" is forbidden: User "ann" cannot get resource "pods/log" in API group "" in the namespace "payments".',
      remedy: say('logs.pods.rights', { namespace: 'payments' }),
    },
    ...['shop/index-7c8d9', 'shop/mailer-55fd4', 'kube-system/coredns-1', 'kube-system/coredns-2', '… + 17'].map(
      (name, at): LogSource => ({
        ...file,
        id: `left-out/${at}`,
        kind: 'pod',
        logKind: 'event',
        name,
        state: 'not-followed',
        detail: null,
        remedy: say('logs.pods.limit', { count: 21, limit: 50 }),
      }),
    ),
  ];
}
