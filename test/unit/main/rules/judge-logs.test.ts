import { expect, test } from 'vitest';
import { judgeLogs } from '../../../../src-main/rules/judge-logs';
import { defaultSettings } from '../../../../src-shared/settings';
import { logError } from '../../../helpers/log-error';
import { nowMs } from './sample-facts';

const error = logError({ atMs: nowMs, text: 'listen EADDRINUSE: address already in use :::3000' });

test.each<[string, number, boolean]>([
  ['just now', nowMs, true],
  ['a quarter of an hour ago', nowMs - 15 * 60_000, false],
  ['by a clock a little ahead', nowMs + 5_000, true],
  ['before the clock was set back', nowMs + 9 * 3_600_000, false],
])('an error that was said %s', (_, atMs, recent) => {
  const facts = {
    ...{ keywords: [], newestErrors: [{ ...error, atMs }], keptCount: 1, droppedCount: 0, sources: [], alarms: [] },
    ...{ waitingLineCount: 0, maskedCount: 0 },
  };
  const { snapshot, findings } = judgeLogs(facts, { nowMs, thresholds: defaultSettings.thresholds });
  expect([snapshot.level, findings.map(({ key }) => key)]).toEqual(recent ? ['warning', ['logs/port-in-use/3000']] : ['ok', []]);
});
