import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Core } from '../../src-main/app/core';
import { createApp } from '../../src-main/app/create-app';
import { type RequestName, requestNames, requests } from '../../src-shared/contract';
import { testCoreOptions } from '../helpers/web-core-options';

/** Hostile input to every request about processes, ports and policies, as a broken window would send it, with all rights of a door. */
const names = requestNames.filter((name) => /^(processes|ports|policies|roles)\./.test(name));
const rounds = 500;
const allowed = { actionsAllowed: true };
const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-fuzz-'));
let core: Core;
let knownId = '';

beforeAll(async () => {
  core = await createApp(testCoreOptions(dataDirectory));
  const reply = await core.handle('readings.refresh', { source: 'processes' }, allowed);
  if (!reply.ok) throw new Error(reply.error.message);
  const { reading } = reply.value as {
    readonly reading: { readonly data: { readonly processes: readonly { readonly id: string; readonly pid: number }[] } };
  };
  knownId = reading.data.processes.find(({ pid }) => pid === process.pid)?.id ?? '';
  expect(knownId).not.toBe('');
}, 60_000);
afterAll(async () => {
  await core.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
});

/** Small and repeatable: https://en.wikipedia.org/wiki/Xorshift */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const odd: readonly unknown[] = [
  ...[null, undefined, true, false, 0, 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 4_294_967_296],
  ...[
    '',
    'x',
    '1',
    'SIGTERM',
    'SIGUSR1',
    '-1',
    '../../etc/passwd',
    '; rm -rf /',
    '\0',
    '\u202e',
    '💥',
    'x'.repeat(70_000),
    '__proto__',
    '[object Object]',
  ],
  ...[[], [[]], {}, { length: 5 }, { toString: 'x' }, new Date(0), new Map(), Symbol.iterator.toString(), 10n],
];
const keys = [
  'id',
  'ticket',
  'signal',
  'withDescendants',
  'typedName',
  'rule',
  'expected',
  'limit',
  'port',
  'pages',
  'exe',
  'name',
  'policies',
];
const oddKeys = ['pid', '__proto__', 'constructor', 'toString', '', 'then', 'x'.repeat(300)];

function payload(random: (below: number) => number, depth = 0): unknown {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const kind = random(10);
  if (kind < 2 || depth > 3) return pick(odd);
  if (kind < 3) return Array.from({ length: random(5) }, () => payload(random, depth + 1));
  const made: Record<string, unknown> = {};
  for (let count = random(6); count >= 0; count -= 1) {
    const key = random(3) === 0 ? pick(oddKeys) : pick(keys);
    const value = random(3) === 0 ? payload(random, depth + 1) : key === 'id' && random(4) === 0 ? knownId : pick(odd);
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true });
  }
  return made;
}

/** What each request takes: the more dangerous payloads are those that are almost right. */
const almostRight: Readonly<Partial<Record<RequestName, Readonly<Record<string, unknown>>>>> = {
  'processes.explain': { id: 'x' },
  'processes.preview': { id: 'x' },
  'processes.stop': { ticket: 'x', signal: 'SIGTERM', withDescendants: true, typedName: null },
  'processes.came-back': { watch: 'x' },
  'processes.save-evidence': { ticket: 'x' },
  'processes.expect': { id: 'x', rule: 'exe-deleted', expected: true },
  'processes.audit': { limit: 5 },
  'ports.list': { pages: false },
  'ports.who': { port: 3000 },
  'policies.save': { exe: '/opt/x', name: 'x', verdict: 'never-end', category: null, sha256: null, note: '', expectedRules: [] },
  'policies.remove': { exe: '/opt/x' },
  'policies.history': { exe: '/opt/x' },
  'policies.import': { policies: [{ exe: '/opt/x', name: 'x' }] },
  'roles.ask': { name: 'x' },
};

/** One thing of a right payload made wrong, or one thing too much. */
function almost(name: RequestName, random: (below: number) => number): unknown {
  const right = almostRight[name] ?? {};
  const known = Object.keys(right);
  const key = random(3) === 0 || known.length === 0 ? oddKeys[random(oddKeys.length)] : known[random(known.length)];
  return Object.defineProperty({ ...right }, key ?? 'x', { value: payload(random, 2), enumerable: true, configurable: true });
}

/** What the schema itself takes is no bad payload: then the question must still be answered without an accident. */
function isValid(name: RequestName, input: unknown): boolean {
  return requests[name].input.safeParse(input).success;
}

describe.each(names)('%s', (name) => {
  it(`${rounds} bad payloads are refused, none throws, nothing unexpected`, async () => {
    const random = createRandom(name.length * 7_919 + 17);
    let bad = 0;
    for (let round = 0; bad < rounds; round += 1) {
      if (round > rounds * 20) throw new Error(`only ${bad} of ${round} payloads were bad`);
      const input = round % 2 === 0 ? payload(random) : almost(name, random);
      // That valid input is served is the business of other tests; with odd values it must not bring anything down either.
      if (isValid(name, input)) continue;
      bad += 1;
      const reply = await core.handle(name, input, allowed);
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-input' } });
      if (!reply.ok) expect(reply.error.message.length).toBeLessThan(2_000);
    }
  }, 60_000);
});

it.each([
  ['processes.explain', { id: 'nope' }, 'not-found'],
  ['processes.explain', { id: '1' }, 'not-found'],
  ['processes.preview', { id: String(process.pid) }, 'not-found'],
  ['processes.stop', { ticket: 'a'.repeat(32), signal: 'SIGKILL', withDescendants: true, typedName: 'init' }, 'expired'],
  ['processes.save-evidence', { ticket: '' }, 'expired'],
  ['processes.came-back', { watch: 'a'.repeat(32) }, 'expired'],
  ['processes.expect', { id: 'nope', rule: 'exe-deleted', expected: true }, 'not-found'],
  ['policies.save', { exe: 'relative/path', name: 'x' }, 'refused'],
  ['policies.save', { exe: '/a\0b', name: 'x' }, 'refused'],
  [
    'policies.import',
    {
      policies: [
        { exe: '/ok', name: 'ok' },
        { exe: 'C', name: 'x' },
      ],
    },
    'refused',
  ],
] as const)('%s %j is well formed and refused as %s', async (name, input, code) => {
  expect(await core.handle(name, input, allowed)).toMatchObject({ ok: false, error: { code } });
});

it('hostile texts are taken as texts', async () => {
  const exe = `/opt/'"; DROP TABLE policy; --\u202e💥`;
  const saved = await core.handle('policies.save', { exe, name: '<b>x</b>', role: '#{1+1}', note: '\u0007' }, allowed);
  expect(saved).toMatchObject({ ok: true, value: { exe, name: '<b>x</b>', role: '#{1+1}', note: '\u0007' } });
  expect(await core.handle('policies.list', null, allowed)).toMatchObject({ ok: true, value: [{ exe }] });
  expect(await core.handle('policies.remove', { exe }, allowed)).toEqual({ ok: true, value: { removed: true } });
  expect(await core.handle('roles.ask', { name: '__proto__' }, allowed)).toMatchObject({ ok: true, value: { entries: [], askedCount: 1 } });
  expect(await core.handle('policies.history', { exe: '__proto__' }, allowed)).toEqual({ ok: true, value: [] });
});

it('this very process can be looked at, and is not ended', async () => {
  const explained = await core.handle('processes.explain', { id: knownId }, allowed);
  expect(explained).toMatchObject({ ok: true, value: { process: { pid: process.pid }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  const preview = await core.handle('processes.preview', { id: knownId }, allowed);
  expect(preview).toMatchObject({ ok: true, value: { pid: process.pid, killClass: 'K0', refusal: { key: expect.any(String) } } });
  const { ticket } = (preview as { readonly value: { readonly ticket: string } }).value;
  expect(await core.handle('processes.stop', { ticket, signal: 'SIGKILL', withDescendants: true }, allowed)).toMatchObject({
    ok: true,
    value: { outcome: 'refused' },
  });
  expect(await core.handle('processes.audit', { limit: 5 }, allowed)).toMatchObject({
    ok: true,
    value: [{ pid: process.pid, outcome: 'refused', signal: 'SIGKILL', killClass: 'K0' }],
  });
});
