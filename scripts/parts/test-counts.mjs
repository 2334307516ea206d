import { existsSync, readFileSync } from 'node:fs';

/**
 * What a runner's report says, in one shape. A runner that ended badly without a failed test (it crashed, a file did not
 * load, an error outside any test) counts as one failure: green means that everything ran.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], skips: string[] }} Counts
 */

/** @param {string} reportFile @param {number} exitCode @returns {Counts} */
export function countVitest(reportFile, exitCode) {
  const report = readReport(reportFile);
  const counts = emptyCounts();
  for (const file of report?.testResults ?? []) {
    for (const test of file.assertionResults) {
      const why = test.status === 'failed' ? firstLine(test.failureMessages?.[0]) : '';
      add(counts, test.status, `${shortName(file.name)}: ${test.fullName}${why && `\n      ${why}`}`);
    }
    const failedInside = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !failedInside)
      add(counts, 'failed', `${shortName(file.name)}: ${firstLine(file.message) || 'did not run'}`);
  }
  return withCrash(counts, report, exitCode, 'vitest');
}

/**
 * Files whose process died under them (a native part crashed): a test of theirs was begun and neither passed nor failed. Empty when
 * anything failed, for then there is something to mend first.
 * @param {string} reportFile @returns {string[]}
 */
export function unfinishedFiles(reportFile) {
  const files = readReport(reportFile)?.testResults ?? [];
  if (files.some((file) => file.status === 'failed' || file.assertionResults.some(({ status }) => status === 'failed'))) return [];
  return files.filter((file) => file.assertionResults.some(({ status }) => status === 'pending')).map(({ name }) => name);
}

/** Counts of a run, with those of some of its files taken from a second run. @param {string} reportFile @param {readonly string[]} files @param {Counts} again @returns {Counts} */
export function countWithout(reportFile, files, again) {
  const counts = emptyCounts();
  for (const file of readReport(reportFile)?.testResults ?? []) {
    if (files.includes(file.name)) continue;
    for (const test of file.assertionResults) add(counts, test.status, `${shortName(file.name)}: ${test.fullName}`);
  }
  return sumCounts([counts, again]);
}

/** @param {string} reportFile @param {number} exitCode @returns {Counts} */
export function countPlaywright(reportFile, exitCode) {
  const report = readReport(reportFile);
  const counts = emptyCounts();
  const visit = (suite, path) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const note = test.annotations?.find((one) => one.type === 'skip')?.description;
        const name = [...path, spec.title].join(' › ');
        const status = { expected: 'passed', flaky: 'passed', skipped: 'skipped' }[test.status] ?? 'failed';
        const why = status === 'failed' ? firstLine(test.results?.findLast((one) => one.error)?.error.message) : '';
        add(counts, status, note && status === 'skipped' ? `${name} (${note})` : `${name}${why && `\n      ${why}`}`);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title]);
  };
  for (const suite of report?.suites ?? []) visit(suite, [suite.title]);
  return withCrash(counts, report, exitCode, 'playwright');
}

export function emptyCounts() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
}

/** @param {readonly Counts[]} all @returns {Counts} */
export function sumCounts(all) {
  const sum = emptyCounts();
  for (const one of all) {
    for (const key of ['passed', 'failed', 'skipped']) sum[key] += one[key];
    sum.failures.push(...one.failures);
    sum.skips.push(...one.skips);
  }
  return sum;
}

/** The line that ends a test run. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function add(counts, status, name) {
  if (status === 'passed') {
    counts.passed += 1;
  } else if (status === 'failed') {
    counts.failed += 1;
    counts.failures.push(name);
  } else {
    counts.skipped += 1;
    counts.skips.push(name);
  }
}

function withCrash(counts, report, exitCode, runner) {
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  if (report === null) add(counts, 'failed', `${runner} left no report (exit code ${exitCode})`);
  else if (counts.failed === 0 && (exitCode !== 0 || ranNothing)) {
    const why = firstLine(report.errors?.[0]?.message) || (ranNothing ? 'no test was found' : 'an error outside the tests');
    add(counts, 'failed', `${runner} ended with code ${exitCode}: ${why}`);
  }
  return counts;
}

function readReport(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Cut off in the middle: the runner was killed.
    return null;
  }
}

function firstLine(text) {
  return (text ?? '').split('\n')[0].trim();
}

function shortName(file) {
  return file.slice(Math.max(0, file.lastIndexOf('/test/') + 1));
}
