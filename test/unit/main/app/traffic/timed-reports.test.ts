import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createTimedReports, prefixOf, type TimedReport } from '../../../../../src-main/app/traffic-timed-reports';
import { DeskRefusal, type TrafficDesk } from '../../../../../src-main/traffic/desk/traffic-desk';
import { createFakeTime } from '../../../../helpers/fake-time';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

const hourMs = 3_600_000;
const startMs = new Date(2026, 10, 21, 10, 30).getTime();

interface Asked {
  readonly name: string;
  readonly input: unknown;
}

/** A desk that has read everything at the second question, and writes down what it is asked. */
function recordingDesk(answer: { failed?: string; lacks?: string } = {}) {
  const asked: Asked[] = [];
  let open = 0;
  let polls = 0;
  const ask = async (name: string, input: unknown) => {
    asked.push({ name, input });
    if (name === 'open') {
      if (answer.failed !== undefined) throw new DeskRefusal('bad-input', answer.failed);
      open += 1;
      polls = 0;
      return { session: `s${open}` };
    }
    if (name === 'figures')
      return {
        revision: ++polls,
        state: polls < 2 ? 'reading' : 'following',
        problem: answer.lacks === undefined ? null : { text: answer.lacks },
        report: null,
      };
    if (name === 'close') {
      open -= 1;
      return { closed: true };
    }
    return { fileName: 'x', mediaType: 'text/html', text: `report of ${JSON.stringify((input as { filter: unknown }).filter)}` };
  };
  return { asked, openCount: () => open, desk: { ask: ask as unknown as TrafficDesk['ask'], answer } };
}

const stopping: { stop(): void }[] = [];
afterEach(() => {
  for (const one of stopping.splice(0)) one.stop();
});

function start(change: Partial<TimedReport> = {}, desk = recordingDesk(), reports?: readonly TimedReport[]) {
  const folder = join(temporaryDirectory(), 'reports');
  const report: TimedReport = { paths: ['/var/log/nginx/access.log'], format: 'auto', every: 'hour', as: 'html', folder, ...change };
  const time = createFakeTime(startMs);
  const problems: string[] = [];
  const wanted = reports ?? [report];
  const timed = createTimedReports({
    desk: desk.desk,
    clock: time,
    timers: time,
    home: '/home/me',
    reports: () => wanted,
    onProblem: ({ kind, log, detail }) => problems.push(`${kind} ${log}: ${detail}`),
  });
  stopping.push(timed);
  timed.look();
  /** Files are written outside of the fake time. */
  const advance = async (ms: number) => {
    await time.advance(ms);
    await timed.settled();
    await time.advance(0);
  };
  return { folder: report.folder, report, advance, setWall: time.setWall, problems, timed, ...desk };
}

describe('timed reports', () => {
  it('are written at the end of each hour, of that hour, for this user only', async () => {
    const { folder, report, advance, asked, openCount } = start();
    await advance(20_000);
    await advance(30 * 60_000 + 10_000);
    const names = readdirSync(folder).sort();
    expect(names).toEqual([`${prefixOf(report)}2026-11-21T09.html`, `${prefixOf(report)}2026-11-21T10.html`]);
    const hour = { fromMs: new Date(2026, 10, 21, 10).getTime(), toMs: new Date(2026, 10, 21, 11).getTime() };
    expect(readFileSync(join(folder, names[1] ?? ''), 'utf8')).toContain(JSON.stringify(hour).slice(1, -1));
    expect(statSync(join(folder, names[1] ?? '')).mode & 0o777).toBe(0o600);
    expect(asked[0]).toEqual({ name: 'open', input: { input: { kind: 'files', patterns: report.paths }, format: 'auto' } });
    expect(openCount()).toBe(0);
  });

  it('write the newest missed stretch once, and none again whose file is there', async () => {
    const first = start({ every: 'day' });
    await first.advance(25_000);
    const [name = ''] = readdirSync(first.folder);
    expect(name).toBe(`${prefixOf(first.report)}2026-11-20.html`);
    writeFileSync(join(first.folder, name), 'mine');
    const second = start({ every: 'day', folder: first.folder });
    await second.advance(5 * hourMs);
    expect(readdirSync(first.folder)).toEqual([name]);
    expect(readFileSync(join(first.folder, name), 'utf8')).toBe('mine');
    expect(second.asked).toEqual([]);
  });

  it('keep thirty of each', async () => {
    const { folder, advance, report } = start();
    await advance(20_000);
    for (let hour = 0; hour < 35; hour += 1) await advance(hourMs);
    const names = readdirSync(folder).sort();
    expect(names).toHaveLength(30);
    expect(names.at(-1)).toBe(`${prefixOf(report)}2026-11-22T20.html`);
  });

  it('tell a failure once for each stretch, and try again with the next', async () => {
    const desk = recordingDesk({ failed: 'it is not there' });
    const { advance, problems, folder } = start({}, desk);
    await advance(20 * 60_000);
    expect(problems).toEqual(['not-written access.log: it is not there']);
    delete desk.desk.answer.failed;
    await advance(20 * 60_000);
    expect(problems).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('are written without what could not be read, and say so', async () => {
    const { advance, problems, folder } = start({}, recordingDesk({ lacks: 'b.log is not there.' }));
    await advance(20_000);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(problems).toEqual(['incomplete access.log: b.log is not there.']);
  });

  it('written by a clock that ran ahead are written again once their stretch is over', async () => {
    const { folder, report, advance, setWall } = start();
    const names = () => readdirSync(folder).map((name) => name.slice(prefixOf(report).length));
    setWall(9 * hourMs);
    await advance(20_000);
    expect(names()).toEqual(['2026-11-21T18.html']);
    setWall(-9 * hourMs);
    await advance(10 * 60_000);
    expect(names()).toEqual(['2026-11-21T09.html']);
    for (let hour = 0; hour < 10; hour += 1) await advance(hourMs);
    expect(names()).toContain('2026-11-21T18.html');
  });

  it('stay when the clock is set back to after their end', async () => {
    const { folder, report, advance, setWall } = start();
    await advance(20_000);
    const file = join(folder, `${prefixOf(report)}2026-11-21T09.html`);
    writeFileSync(file, 'first');
    setWall(hourMs);
    await advance(10 * 60_000);
    setWall(-hourMs);
    await advance(10 * 60_000);
    expect(readFileSync(file, 'utf8')).toBe('first');
  });

  it('without reports there is no question and no timer', async () => {
    const { advance, asked } = start({}, recordingDesk(), []);
    await advance(48 * hourMs);
    expect(asked).toEqual([]);
  });
});
