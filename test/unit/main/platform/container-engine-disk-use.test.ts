import { describe, expect, it } from 'vitest';
import { parseDiskUse } from '../../../../src-main/platform/container-engine-disk-use';

describe('parseDiskUse', () => {
  it('sums up as docker system df does', () => {
    const parsed = parseDiskUse({
      LayersSize: 1_000,
      Images: [
        { Containers: 1, Size: 600, SharedSize: 100 },
        { Containers: 0, Size: 500, SharedSize: 100 },
        { Containers: 2, Size: 300, SharedSize: -1 },
      ],
      Containers: [{ SizeRw: 10, State: 'running' }, { SizeRw: 20, State: 'exited' }, { State: 'created' }, { SizeRw: 5, State: 'paused' }],
      Volumes: [
        { UsageData: { Size: 7, RefCount: 0 } },
        { UsageData: { Size: 8, RefCount: 1 } },
        { UsageData: { Size: -1, RefCount: 0 } },
        { UsageData: null },
      ],
      BuildCache: [
        { Size: 40, InUse: false, Shared: false },
        { Size: 50, InUse: true, Shared: false },
        { Size: 60, InUse: false, Shared: true },
      ],
    });
    expect(parsed).toEqual({
      images: { count: 3, totalBytes: 1_000, reclaimableBytes: 500 },
      containers: { count: 4, totalBytes: 35, reclaimableBytes: 20 },
      volumes: { count: 4, totalBytes: 15, reclaimableBytes: 7 },
      buildCache: { count: 3, totalBytes: 90, reclaimableBytes: 40 },
    });
  });

  it('takes the sums of an engine that sums up itself (API 1.52)', () => {
    const usage = { ActiveCount: 1, TotalCount: 4, TotalSize: 90, Reclaimable: 30 };
    const line = { count: 4, totalBytes: 90, reclaimableBytes: 30 };
    const nothing = { count: 0, totalBytes: 0, reclaimableBytes: 0 };
    expect(parseDiskUse({ ImageUsage: usage, ContainerUsage: usage, VolumeUsage: usage, BuildCacheUsage: null })).toEqual({
      images: line,
      containers: line,
      volumes: line,
      buildCache: nothing,
    });
  });

  it('lives with lists that are null, and refuses what is no such answer', () => {
    expect(parseDiskUse({ LayersSize: 0, Images: [], Containers: null, Volumes: null })).toMatchObject({
      images: { count: 0, totalBytes: 0, reclaimableBytes: 0 },
      buildCache: { count: 0 },
    });
    expect(parseDiskUse({ message: 'page not found' })).toBeNull();
    expect(parseDiskUse(null)).toBeNull();
  });
});
