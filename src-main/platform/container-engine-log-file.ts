import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { EngineLogFile } from './container-engine';

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
