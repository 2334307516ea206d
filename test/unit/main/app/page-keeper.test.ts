import { expect, test } from 'vitest';
import { createPageKeeper } from '../../../../src-main/app/ports/page-keeper';
import type { PageAnswer } from '../../../../src-main/platform/web-page';
import type { LocalPort } from '../../../../src-shared/contract';
import { createFakeTime } from '../../../helpers/fake-time';

function port(number: number, over: Partial<LocalPort> = {}): LocalPort {
  return {
    protocol: 'tcp',
    port: number,
    addresses: ['127.0.0.1'],
    reach: 'loopback',
    process: { id: `p${number}`, pid: number, name: 'node', user: 'dev' },
    processCount: 1,
    unit: null,
    container: null,
    speaks: null,
    url: null,
    page: null,
    project: null,
    startedAtMs: null,
    ...over,
  };
}

const answer = (number: number, over: Partial<PageAnswer> = {}): PageAnswer => ({
  url: `http://localhost:${number}/`,
  status: 200,
  title: 'Shop',
  ...over,
});

function rig(answers: Readonly<Record<number, PageAnswer | null | Promise<PageAnswer | null>>>) {
  const time = createFakeTime();
  const asked: string[] = [];
  const pages = createPageKeeper({
    clock: time,
    timers: time,
    isOwn: ({ port: number }) => number === 7777,
    ask: async (host, number) => {
      asked.push(`${host} ${number}`);
      return answers[number] ?? null;
    },
  });
  return { time, asked, pages };
}

test('asks each owner once and keeps what it said', async () => {
  const { asked, pages } = rig({ 3000: answer(3000) });
  const ports = [port(3000), port(4000)];
  for (const [found, silent] of [await pages.lookUp(ports), await pages.lookUp(ports)]) {
    expect(found).toMatchObject({
      url: 'http://localhost:3000/',
      page: { status: 200, title: 'Shop' },
      speaks: { name: 'HTTP', by: 'answer' },
    });
    expect(silent).toEqual(ports[1]);
  }
  expect(asked).toEqual(['127.0.0.1 3000', '127.0.0.1 4000']);
  expect(pages.addKnown([port(3000)])[0]?.url).toBe('http://localhost:3000/');
});

test('another owner of the port is another server', async () => {
  const { asked, pages } = rig({ 3000: answer(3000) });
  await pages.lookUp([port(3000)]);
  const other = port(3000, { process: { id: 'other', pid: 9, name: 'vite', user: 'dev' } });
  expect(pages.addKnown([other])[0]?.url).toBeNull();
  await pages.lookUp([other]);
  expect(asked).toHaveLength(2);
});

test('never asks what would take it for an attack, what only other machines reach, UDP, or itself', async () => {
  const { asked, pages } = rig({});
  await pages.lookUp([
    port(5432, { speaks: { name: 'PostgreSQL', by: 'role' } }),
    port(22, { speaks: { name: 'SSH', by: 'port' } }),
    port(80, { reach: 'network', addresses: ['192.168.0.2'] }),
    port(5353, { protocol: 'udp' }),
    port(7777),
  ]);
  expect(asked).toEqual([]);
});

test('asks at ::1 where only that is listened at', async () => {
  const { asked, pages } = rig({});
  await pages.lookUp([port(5173, { addresses: ['::1'] })]);
  expect(asked).toEqual(['::1 5173']);
});

test('one that was just starting is asked again after a while', async () => {
  const { time, asked, pages } = rig({ 8080: answer(8080, { status: 503 }) });
  await pages.lookUp([port(8080)]);
  await pages.lookUp([port(8080)]);
  expect(asked).toHaveLength(1);
  await time.advance(15_000);
  await pages.lookUp([port(8080)]);
  expect(asked).toHaveLength(2);
});

test('does not wait for the slow: what they say comes with a later look', async () => {
  let say = (_answer: PageAnswer): void => undefined;
  const slow = new Promise<PageAnswer>((resolve) => {
    say = resolve;
  });
  const { time, pages } = rig({ 3000: slow, 3001: answer(3001) });
  const looking = pages.lookUp([port(3000), port(3001)]);
  await time.advance(2_000);
  expect((await looking).map(({ url }) => url)).toEqual([null, 'http://localhost:3001/']);
  say(answer(3000));
  await time.advance(0);
  expect(pages.addKnown([port(3000)])[0]?.url).toBe('http://localhost:3000/');
});

test('and no later when the clock was set back meanwhile', async () => {
  const { time, asked, pages } = rig({ 8080: answer(8080, { status: 503 }) });
  const [found] = await pages.lookUp([port(8080)]);
  expect(found?.page?.askedAtMs).toBe(time.nowMs());
  time.setWall(-9 * 3_600_000);
  await time.advance(15_000);
  await pages.lookUp([port(8080)]);
  expect(asked).toHaveLength(2);
});
