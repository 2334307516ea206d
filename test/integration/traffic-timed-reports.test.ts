import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createTimedReports } from '../../src-main/app/traffic-timed-reports';
import { createTrafficDesk } from '../../src-main/traffic/desk/create-traffic-desk';
import type { TrafficReport } from '../../src-shared/traffic/report';
import { createFakeTime } from '../helpers/fake-time';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

const startMs = new Date(2026, 10, 21, 10, 30).getTime();

/** As a server in UTC writes it. */
function line(atMs: number): string {
  const [, day, month, year, time] = new Date(atMs).toUTCString().split(' ');
  return `10.0.0.1 - - [${day}/${month}/${year}:${time} +0000] "GET /a HTTP/1.1" 200 100 "-" "x" 0.010\n`;
}

it('a report by the clock holds the requests of its hour, rotated ones too, and no others', async () => {
  const folder = temporaryDirectory();
  const log = join(folder, 'access.log');
  const at = (hour: number, minute: number) => line(new Date(2026, 10, 21, hour, minute).getTime());
  writeFileSync(`${log}.1`, at(8, 59).repeat(5) + at(9, 0).repeat(7));
  writeFileSync(log, at(9, 59).repeat(11) + at(10, 0).repeat(13));
  const desk = createTrafficDesk({ threadUrl: null, dataDirectory: null, home: '/nonexistent', etc: '/etc', onCrash: () => undefined });
  const time = createFakeTime(startMs);
  const problems: string[] = [];
  const reports = createTimedReports({
    desk,
    clock: time,
    timers: time,
    home: '/nonexistent',
    reports: () => [{ paths: [log], format: 'auto', every: 'hour', as: 'json', folder: join(folder, 'reports') }],
    onProblem: ({ detail }) => problems.push(detail),
  });
  onTestFinished(async () => {
    reports.stop();
    await desk.close();
  });
  reports.look();
  await time.advance(20_000);
  await reports.settled();
  const [name = ''] = await waitFor(() => readdirSync(join(folder, 'reports')), { timeoutMs: 5_000, what: 'the report' });
  expect(problems).toEqual([]);
  expect(name).toMatch(/^access\.log-[0-9a-f]{6}-hour-2026-11-21T09\.json$/);
  const report = JSON.parse(readFileSync(join(folder, 'reports', name), 'utf8')) as TrafficReport;
  expect(report).toMatchObject({ requests: 18, bytes: 1_800, byStatus: { 200: 18 }, p90Ms: expect.closeTo(10, 0) });
});
