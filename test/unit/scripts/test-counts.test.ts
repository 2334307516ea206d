import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
  readonly skips: readonly string[];
}
interface TestCounts {
  countVitest(file: string, exitCode: number): Counts;
  countPlaywright(file: string, exitCode: number): Counts;
  closingLine(counts: Counts): string;
  unfinishedFiles(file: string): readonly string[];
  countWithout(file: string, files: readonly string[], again: Counts): Counts;
}

const { countVitest, countPlaywright, closingLine, unfinishedFiles, countWithout } = (await import(
  new URL('../../../scripts/parts/test-counts.mjs', import.meta.url).href
)) as TestCounts;

const folder = mkdtempSync(join(tmpdir(), 'logscope-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(report: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report));
  return file;
}

const test = (status: string) => ({
  status,
  fullName: `is ${status}`,
  failureMessages: status === 'failed' ? ['expected 1 to be 2\n    at a.test.ts:3'] : [],
});

describe('countVitest', () => {
  it('adds up and names failures and skips', () => {
    const report = {
      testResults: [
        { name: '/x/test/unit/a.test.ts', status: 'failed', assertionResults: ['passed', 'passed', 'failed', 'pending', 'todo'].map(test) },
      ],
    };
    expect(countVitest(reportOf(report), 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
      failures: ['test/unit/a.test.ts: is failed\n      expected 1 to be 2'],
      skips: ['test/unit/a.test.ts: is pending', 'test/unit/a.test.ts: is todo'],
    });
  });

  it('counts a file that did not load', () => {
    const report = {
      testResults: [{ name: '/x/test/unit/a.test.ts', status: 'failed', message: 'Cannot find module\nat x', assertionResults: [] }],
    };
    expect(countVitest(reportOf(report), 1)).toMatchObject({ failed: 1, failures: ['test/unit/a.test.ts: Cannot find module'] });
  });

  it.each([
    ['no report', join(folder, 'none.json'), 137],
    ['half a report', reportOf('{"testResults":['), 1],
    ['no test', reportOf({ testResults: [] }), 0],
    ['a bad end after good tests', reportOf({ testResults: [{ name: 'a', status: 'passed', assertionResults: [test('passed')] }] }), 1],
  ])('counts %s as a failure', (_name, file, code) => {
    expect(countVitest(file, code)).toMatchObject({ failed: 1 });
  });
});

describe('a file whose process died', () => {
  const file = (name: string, ...statuses: readonly string[]) => ({
    name: `/x/test/${name}`,
    status: 'passed',
    assertionResults: statuses.map(test),
  });

  it('is named, and counts as its second run says', () => {
    const report = reportOf({ testResults: [file('a.test.ts', 'passed', 'skipped'), file('b.test.ts', 'passed', 'pending')] });
    expect(unfinishedFiles(report)).toEqual(['/x/test/b.test.ts']);
    const again = { passed: 1, failed: 1, skipped: 0, failures: ['b'], skips: [] };
    expect(countWithout(report, ['/x/test/b.test.ts'], again)).toMatchObject({ passed: 2, failed: 1, skipped: 1, failures: ['b'] });
  });

  it('has no second try where a test failed', () => {
    expect(unfinishedFiles(reportOf({ testResults: [file('a.test.ts', 'failed'), file('b.test.ts', 'pending')] }))).toEqual([]);
  });
});

describe('countPlaywright', () => {
  const spec = (status: string, annotations: unknown[] = []) => ({ title: status, tests: [{ status, annotations }] });

  it('walks nested suites and keeps the reason of a skip', () => {
    const report = {
      suites: [
        {
          title: 'a.test.ts',
          specs: [spec('expected'), spec('unexpected')],
          suites: [{ title: 'inner', specs: [spec('flaky'), spec('skipped', [{ type: 'skip', description: 'no engine' }])] }],
        },
      ],
      errors: [],
    };
    expect(countPlaywright(reportOf(report), 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      failures: ['a.test.ts › unexpected'],
      skips: ['a.test.ts › inner › skipped (no engine)'],
    });
  });

  it('counts an error outside the tests', () => {
    expect(countPlaywright(reportOf({ suites: [], errors: [{ message: 'SyntaxError: x\n at' }] }), 1)).toMatchObject({
      failed: 1,
      failures: ['playwright ended with code 1: SyntaxError: x'],
    });
  });
});

describe('closingLine', () => {
  it('has the form that build servers read', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0, failures: [], skips: [] })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2, failures: [], skips: [] })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
