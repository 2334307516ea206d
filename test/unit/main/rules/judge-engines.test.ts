import { expect, it } from 'vitest';
import { judgeEngines } from '../../../../src-main/rules/judge-engines';
import { defaultSettings } from '../../../../src-shared/settings';
import type { EngineDiskUse } from '../../../../src-shared/snapshots';
import { engineState, nowMs } from './sample-facts';

const GB = 1024 ** 3;
const line = (totalBytes: number, reclaimableBytes: number) => ({ count: 1, totalBytes, reclaimableBytes });
const diskUse = (over: Partial<EngineDiskUse> = {}): EngineDiskUse => ({
  atMs: nowMs,
  images: line(20 * GB, 8 * GB),
  containers: line(GB, 0),
  volumes: line(4 * GB, 4 * GB),
  buildCache: line(5 * GB, 5 * GB),
  rootDirectory: '/var/lib/docker',
  rootAvailableBytes: 19 * GB,
  rootTotalBytes: 100 * GB,
  ...over,
});
const judge = (over: Parameters<typeof engineState>[0]) =>
  judgeEngines([engineState(over)], { nowMs, thresholds: defaultSettings.thresholds }).map(
    ({ key, level, holdMs, reason }) => `${level} ${key} ${holdMs}: ${reason.text}`,
  );

it('warns before the disk is yellow, when something can be given back', () => {
  expect(judge({ diskUse: diskUse() })).toEqual([
    'warning containers/engine-disk/x 60000: docker keeps 30 GB on a disk with 19 GB left; 13 GB of it can be given back: docker system prune',
  ]);
});

it.each([
  ['room enough', { diskUse: diskUse({ rootAvailableBytes: 21 * GB }) }],
  ['nothing to give back but volumes', { diskUse: diskUse({ images: line(20 * GB, 0), buildCache: line(0, 0) }) }],
  ['a disk of another machine', { diskUse: diskUse({ rootAvailableBytes: null, rootTotalBytes: null }) }],
  ['no look yet', {}],
  ['an engine that never answered', { state: 'stopped', identity: null, detail: 'refused' }],
  ['an engine that starts', { state: 'starting' }],
] as const)('says nothing with %s', (_what, over) => {
  expect(judge(over)).toEqual([]);
});

it('tells that an engine which was there went away', () => {
  expect(judge({ state: 'stopped', detail: 'Nothing listens.', diskUse: diskUse() })).toEqual([
    'warning containers/engine/x 0: The container engine went away: Nothing listens.',
  ]);
});
