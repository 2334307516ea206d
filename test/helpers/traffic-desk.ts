import { onTestFinished } from 'vitest';
import { createDirectDesk } from '../../src-main/traffic/desk/direct-desk';
import type { DeskAnswer, TrafficDesk } from '../../src-main/traffic/desk/traffic-desk';
import { allTraffic, type TrafficFilter } from '../../src-shared/contract';
import { createFakeTime, type FakeTime } from './fake-time';
import { waitFor } from './wait-for';

export interface DeskUnderTest {
  readonly desk: TrafficDesk;
  readonly time: FakeTime;
  open(...patterns: string[]): Promise<string>;
  /** As soon as it is read to its end. */
  read(session: string, filter?: Partial<TrafficFilter>): Promise<DeskAnswer>;
  /** A cycle goes by; then as soon as so many requests are counted. */
  cycleUntil(session: string, requests: number): Promise<DeskAnswer>;
}

/** A desk in this thread whose time moves only when told. Closed with the test. */
export function deskUnderTest(cacheDirectory: string | null = null): DeskUnderTest {
  const time = createFakeTime();
  const desk = createDirectDesk({ clock: time, timers: time, cacheDirectory, home: '/nonexistent', etc: '/etc', hash: () => '000000' });
  onTestFinished(() => desk.close());
  const ask = (session: string, filter: Partial<TrafficFilter> = {}) =>
    desk.ask('figures', { session, filter: { ...allTraffic, ...filter }, after: null });
  return {
    desk,
    time,
    open: async (...patterns) => (await desk.ask('open', { input: { kind: 'files', patterns }, format: 'auto' })).session,
    read: (session, filter) =>
      waitFor(
        async () => {
          const answer = await ask(session, filter);
          return answer.state === 'reading' ? null : answer;
        },
        { timeoutMs: 20_000, what: 'the end of the log', everyMs: 5 },
      ),
    cycleUntil: async (session, requests) => {
      await time.advance(5_000);
      return waitFor(
        async () => {
          await time.advance(500);
          const answer = await ask(session);
          return answer.report?.requests === requests ? answer : null;
        },
        { timeoutMs: 5_000, what: `${requests} requests`, everyMs: 5 },
      );
    },
  };
}

/** Lines of the combined format, one second apart from 2025-10-10 13:55:36 +0000 on, with the response time in seconds. */
export function accessLines(
  count: number,
  more: { first?: number; path?: (index: number) => string; client?: string; status?: number } = {},
): string {
  const { first = 0, path = () => '/', client = '10.0.0.1', status = 200 } = more;
  return Array.from({ length: count }, (_, index) => {
    const second = first + index;
    const at = new Date(Date.UTC(2025, 9, 10, 13, 55, 36) + second * 1000).toISOString();
    const stamp = `10/Oct/2025:${at.slice(11, 19)} +0000`;
    return `${client} - - [${stamp}] "GET ${path(second)} HTTP/1.1" ${status} 100 "-" "curl/8" 0.0${10 + (second % 80)}\n`;
  }).join('');
}
