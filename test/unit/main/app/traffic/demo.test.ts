import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  DemoProblem,
  type DemoWriter,
  demoAccessLog,
  demoApplicationLog,
  startDemoWriter,
} from '../../../../../src-main/app/demo/demo-writer';
import { type IncidentKind, incidentAt } from '../../../../../src-main/app/demo/incident';
import { sampleLines, slotMs } from '../../../../../src-main/app/demo/sample-lines';
import { createTrafficRun } from '../../../../../src-main/app/traffic-report';
import { createFakeTime } from '../../../../helpers/fake-time';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

const startMs = Date.UTC(2026, 10, 21, 19, 0, 0);
const writers: DemoWriter[] = [];
afterEach(() => {
  for (const writer of writers.splice(0)) writer.stop();
});

function write(directory: string, time: ReturnType<typeof createFakeTime>, problems: string[] = []): DemoWriter {
  const writer = startDemoWriter({
    directory,
    clock: time,
    timers: time,
    offsetMinutes: () => 540,
    seed: 7,
    onProblem: (text) => problems.push(text),
  });
  writers.push(writer);
  return writer;
}

const linesOf = (directory: string) => readFileSync(demoAccessLog(directory), 'utf8').trimEnd().split('\n');

function reportOf(text: string) {
  const run = createTrafficRun('auto', { fromAtMs: null, toAtMs: null });
  run.write(Buffer.from(text));
  expect(run.endLog()).toBe(true);
  return run.report();
}

describe('sample logs', () => {
  it('are the same for the same seed and time, and others for another seed', () => {
    const slot = startMs / slotMs;
    expect(sampleLines(7, slot, 0)).toEqual(sampleLines(7, slot, 0));
    expect(sampleLines(8, slot, 0)).not.toEqual(sampleLines(7, slot, 0));
  });

  it('show every kind of incident within three hours, each for minutes', () => {
    const met = new Map<IncidentKind, number>();
    for (let atMs = startMs; atMs < startMs + 3 * 3_600_000; atMs += 60_000) {
      const kind = incidentAt(7, atMs)?.kind;
      if (kind !== undefined) met.set(kind, (met.get(kind) ?? 0) + 1);
    }
    expect([...met.keys()].sort()).toEqual(['brute-force', 'failures', 'scanner', 'slow-endpoint']);
    for (const minutes of met.values()) expect(minutes).toBeGreaterThanOrEqual(3);
  });

  it('are read by their format without a malformed line, and their incidents are found by the rules', () => {
    const directory = join(temporaryDirectory(), 'demo');
    write(directory, createFakeTime(startMs));
    const report = reportOf(readFileSync(demoAccessLog(directory), 'utf8'));
    expect(report).toMatchObject({ malformed: 0, format: { id: 'combined', timeUnit: 's', fitRatio: 1 } });
    expect(report.requests).toBeGreaterThan(15_000);
    expect(report.lastAtMs).toBeGreaterThan(startMs - 10_000);
    expect(report.endpoints.length).toBeLessThan(40);
    expect(report.insights.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['slowest-endpoint-mean', 'server-error-burst', 'latency-jump', 'scanner', 'brute-force']),
    );
    expect(readFileSync(demoApplicationLog(directory), 'utf8')).toMatch(/ ERROR \[shop\.db\] /);
  });
});

describe('the writer of the demo', () => {
  it('writes some hours at once and new lines every three seconds, readable by this user only', async () => {
    const directory = join(temporaryDirectory(), 'demo');
    const time = createFakeTime(startMs);
    write(directory, time);
    const before = linesOf(directory);
    await time.advance(9_000);
    const after = linesOf(directory);
    expect(after.length).toBeGreaterThan(before.length);
    const expected = [0, 1, 2].flatMap((slot) => sampleLines(7, startMs / slotMs + slot, 540).access);
    expect(after.slice(before.length)).toEqual(expected);
    expect(statSync(demoAccessLog(directory)).mode & 0o777).toBe(0o600);
  });

  it('goes on where another one ended, and keeps still beside one that writes', async () => {
    const directory = join(temporaryDirectory(), 'demo');
    const time = createFakeTime(startMs);
    const first = write(directory, time);
    const second = write(directory, time);
    await time.advance(6_000);
    const lines = linesOf(directory);
    expect(new Set(lines).size).toBeGreaterThan(lines.length * 0.99);
    first.stop();
    await time.advance(6_000);
    second.stop();
    const slots = [0, 1, 2, 3].flatMap((slot) => sampleLines(7, startMs / slotMs + slot, 540).access);
    expect(linesOf(directory).slice(-slots.length)).toEqual(slots);
  });

  it('throws away what is too old, and begins anew', () => {
    const directory = join(temporaryDirectory(), 'demo');
    write(directory, createFakeTime(startMs)).stop();
    const [old = ''] = linesOf(directory);
    write(directory, createFakeTime(startMs + 40 * 3_600_000));
    expect(linesOf(directory)).not.toContain(old);
    expect(linesOf(directory).length).toBeGreaterThan(15_000);
  });

  it('stays bounded: a log that grew large is rotated, once', async () => {
    const directory = join(temporaryDirectory(), 'demo');
    const time = createFakeTime(startMs);
    write(directory, time);
    for (let round = 0; round < 3; round += 1) {
      appendFileSync(demoAccessLog(directory), Buffer.alloc(17 * 1024 * 1024, 10));
      await time.advance(6_000);
    }
    expect(readdirSync(directory).filter((name) => name.startsWith('access.log'))).toEqual(['access.log', 'access.log.1']);
    expect(statSync(demoAccessLog(directory)).size).toBeLessThan(100_000);
  });

  it("leaves somebody else's logs alone, and says why a folder will not do", () => {
    const theirs = temporaryDirectory();
    writeFileSync(demoAccessLog(theirs), 'theirs\n');
    expect(() => write(theirs, createFakeTime(startMs))).toThrow(DemoProblem);
    expect(readFileSync(demoAccessLog(theirs), 'utf8')).toBe('theirs\n');
    expect(existsSync(demoApplicationLog(theirs))).toBe(false);
    expect(() => write(join(demoAccessLog(theirs), 'x'), createFakeTime(startMs))).toThrow(/is no folder/);
  });
});
