import { describe, expect, it } from 'vitest';
import { parseLogBound, parseLogFile } from '../../../../src-main/platform/container-engine-log-file';

const id = 'abc123def456';
const path = `/var/lib/docker/containers/${id}/${id}-json.log`;
const inspected = (Type: string, Config: Record<string, string> | null = {}, LogPath = path) => ({
  LogPath,
  HostConfig: { LogConfig: { Type, Config } },
});

describe('parseLogFile', () => {
  it('knows how many files are kept', () => {
    expect(parseLogFile(inspected('json-file'), id)).toEqual({ path, fileCount: 1 });
    expect(parseLogFile(inspected('json-file', null), id)).toEqual({ path, fileCount: 1 });
    expect(parseLogFile(inspected('json-file', { 'max-size': '-1', 'max-file': '5' }), id)).toEqual({ path, fileCount: 1 });
    expect(parseLogFile(inspected('json-file', { 'max-size': '10m', 'max-file': '3', tag: 'x' }), id)).toEqual({ path, fileCount: 3 });
    expect(parseLogFile(inspected('json-file', { 'max-size': '10m', 'max-file': '5000' }), id)).toEqual({ path, fileCount: 100 });
  });

  it('refuses what would be read with gaps, or is not this container’s', () => {
    for (const other of [
      inspected('local'),
      inspected('journald'),
      inspected('json-file', { 'max-size': '10m' }),
      inspected('json-file', { 'max-size': '10m', 'max-file': '1' }),
      inspected('json-file', { 'max-size': '10m', 'max-file': 'many' }),
      inspected('json-file', { 'max-size': '10m', 'max-file': '3', compress: 'true' }),
      inspected('json-file', {}, ''),
      inspected('json-file', {}, `containers/${id}-json.log`),
      inspected('json-file', {}, '/var/lib/docker/containers/other/other-json.log'),
      { HostConfig: {} },
      null,
    ])
      expect(parseLogFile(other, id)).toBe(null);
  });
});

describe('parseLogBound', () => {
  it('knows what a driver keeps that writes files of its own', () => {
    expect(parseLogBound(inspected('json-file', { 'max-size': '10m', 'max-file': '3' }))).toEqual({ fileBytes: 10e6, fileCount: 3 });
    expect(parseLogBound(inspected('json-file', { 'max-size': '400k' }))).toEqual({ fileBytes: 400e3, fileCount: 1 });
    expect(parseLogBound(inspected('json-file', { 'max-size': '1.5 GB', compress: 'true', 'max-file': '2' }))).toEqual({
      fileBytes: 1.5e9,
      fileCount: 2,
    });
    expect(parseLogBound(inspected('json-file', { 'max-size': '1000' }))).toEqual({ fileBytes: 1_000, fileCount: 1 });
    expect(parseLogBound(inspected('local'))).toEqual({ fileBytes: 20e6, fileCount: 5 });
  });

  it('knows nothing of a log that keeps all, or whose keeper is another', () => {
    for (const other of [
      inspected('json-file'),
      inspected('json-file', { 'max-size': '-1' }),
      inspected('journald'),
      { HostConfig: {} },
      null,
    ])
      expect(parseLogBound(other)).toBe(null);
  });
});
