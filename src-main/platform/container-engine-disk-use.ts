import { z } from 'zod';
import type { DiskUseLine } from '../../src-shared/snapshots/containers';
import type { EngineDiskUseFigures } from './container-engine';

/** Sizes of -1 mean "not computed". */
const size = z.number().catch(-1);
const count = z.number().int().nonnegative().catch(0);
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().catch(null);

const ofOldEngines = z.object({
  LayersSize: size,
  Images: list(z.object({ Containers: z.number().catch(0), Size: size, SharedSize: size })),
  Containers: list(z.object({ SizeRw: size, State: z.string().catch('') })),
  Volumes: list(
    z.object({
      UsageData: z
        .object({ Size: size, RefCount: z.number().catch(-1) })
        .nullish()
        .catch(null),
    }),
  ),
  BuildCache: list(z.object({ Size: size, InUse: z.boolean().catch(false), Shared: z.boolean().catch(false) })),
});

const summary = z.object({ TotalCount: count, TotalSize: size, Reclaimable: size });
/** From API 1.52 on (Docker 29) the engine sums up itself and leaves the lists out. */
const ofNewEngines = z.object({
  ImageUsage: summary,
  ContainerUsage: summary.catch({ TotalCount: 0, TotalSize: 0, Reclaimable: 0 }),
  VolumeUsage: summary.catch({ TotalCount: 0, TotalSize: 0, Reclaimable: 0 }),
  BuildCacheUsage: summary.catch({ TotalCount: 0, TotalSize: 0, Reclaimable: 0 }),
});

/**
 * `GET /system/df` summed up as the docker command line does (docker/cli cli/command/formatter/disk_usage.go). Null when it is
 * no such answer.
 */
export function parseDiskUse(json: unknown): EngineDiskUseFigures | null {
  const fresh = ofNewEngines.safeParse(json);
  if (fresh.success) {
    const { ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage } = fresh.data;
    return {
      images: lineOf(ImageUsage),
      containers: lineOf(ContainerUsage),
      volumes: lineOf(VolumeUsage),
      buildCache: lineOf(BuildCacheUsage),
    };
  }
  const old = ofOldEngines.safeParse(json);
  if (!old.success || (old.data.Images ?? old.data.Containers ?? old.data.Volumes ?? null) === null) return null;
  const { LayersSize, Images, Containers, Volumes, BuildCache } = old.data;
  return {
    images: sumImages(LayersSize, Images ?? []),
    containers: sumUp(Containers ?? [], ({ SizeRw, State }) => ({
      bytes: SizeRw,
      isReclaimable: !['running', 'paused', 'restarting'].includes(State),
    })),
    volumes: sumUp(Volumes ?? [], ({ UsageData }) => ({ bytes: UsageData?.Size ?? -1, isReclaimable: UsageData?.RefCount === 0 })),
    // What two records share is counted with one of them.
    buildCache: sumUp(BuildCache ?? [], ({ Size, InUse, Shared }) => ({ bytes: Shared ? 0 : Size, isReclaimable: !InUse })),
  };
}

function lineOf({ TotalCount, TotalSize, Reclaimable }: z.output<typeof summary>): DiskUseLine {
  return { count: TotalCount, totalBytes: Math.max(0, TotalSize), reclaimableBytes: Math.max(0, Reclaimable) };
}

/** Layers are shared between images: their sum is the engine's own figure, and an image in use takes what only it has. */
function sumImages(
  layersBytes: number,
  images: readonly { readonly Containers: number; readonly Size: number; readonly SharedSize: number }[],
): DiskUseLine {
  let usedBytes = 0;
  for (const { Containers, Size, SharedSize } of images) {
    if (Containers !== 0 && Size !== -1 && SharedSize !== -1) usedBytes += Size - SharedSize;
  }
  const totalBytes = Math.max(0, layersBytes);
  return { count: images.length, totalBytes, reclaimableBytes: Math.max(0, totalBytes - usedBytes) };
}

function sumUp<T>(items: readonly T[], look: (item: T) => { readonly bytes: number; readonly isReclaimable: boolean }): DiskUseLine {
  let totalBytes = 0;
  let reclaimableBytes = 0;
  for (const item of items) {
    const { bytes, isReclaimable } = look(item);
    if (bytes <= 0) continue;
    totalBytes += bytes;
    if (isReclaimable) reclaimableBytes += bytes;
  }
  return { count: items.length, totalBytes, reclaimableBytes };
}
