import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { EngineLogBound, EngineLogFile } from './container-engine';

const logging = z.object({
  LogPath: z.string(),
  HostConfig: z.object({ LogConfig: z.object({ Type: z.string(), Config: z.record(z.string(), z.string()).nullish() }) }),
});

/** More generations than this are not looked through. */
const maxFiles = 100;

/**
 * Of inspect's JSON: the file of a container whose log Docker's json-file driver writes. Null where its lines cannot be read without
 * gaps: another driver, old files compressed, or a log that is cut off in place when it is full (a size but only one file).
 */
export function parseLogFile(json: unknown, id: string): EngineLogFile | null {
  const parsed = logging.safeParse(json);
  if (!parsed.success) return null;
  const { LogPath, HostConfig } = parsed.data;
  const { Type, Config } = HostConfig.LogConfig;
  const { 'max-size': maxSize, 'max-file': maxFile = '1', compress = 'false' } = Config ?? {};
  if (Type !== 'json-file' || !isAbsolute(LogPath) || !LogPath.endsWith(`/${id}-json.log`) || compress !== 'false') return null;
  if (maxSize === undefined || maxSize === '-1') return { path: LogPath, fileCount: 1 };
  const fileCount = Number(maxFile);
  return Number.isInteger(fileCount) && fileCount > 1 ? { path: LogPath, fileCount: Math.min(fileCount, maxFiles) } : null;
}

/** What the drivers do unless they are told otherwise. */
const usualBounds: Readonly<Record<string, { readonly size: string; readonly files: string }>> = {
  'json-file': { size: '-1', files: '1' },
  local: { size: '20m', files: '5' },
};

/** Of inspect's JSON: how much is kept by the drivers that write files of their own. Null: all of it, or it is another driver. */
export function parseLogBound(json: unknown): EngineLogBound | null {
  const parsed = logging.safeParse(json);
  if (!parsed.success) return null;
  const { Type, Config } = parsed.data.HostConfig.LogConfig;
  const usual = usualBounds[Type];
  if (usual === undefined) return null;
  const { 'max-size': size = usual.size, 'max-file': files = usual.files } = Config ?? {};
  const fileBytes = parseSize(size);
  const fileCount = Number(files);
  return fileBytes !== null && Number.isInteger(fileCount) && fileCount > 0 ? { fileBytes, fileCount } : null;
}

/** As Docker reads it: "10m", "1.5 GB"; thousands, not 1,024. Null: not a size, or none is set. */
function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text);
  if (match === null) return null;
  return Number(match[1]) * 1000 ** ' kmgtp'.indexOf((match[2] || ' ').toLowerCase());
}
