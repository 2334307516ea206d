import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src-main/app/create-app';
import type { InputOf, OutputOf, RequestName } from '../../src-shared/contract';
import type { Process } from '../../src-shared/snapshots';
import { bundleEntry } from '../helpers/bundle-entry';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { pidOf, startVictim } from '../helpers/victim-processes';
import { waitFor } from '../helpers/wait-for';
import { testCoreOptions } from '../helpers/web-core-options';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/policies: processes are judged by what Linux tells');

async function openApp(dataDirectory: string) {
  const storeThreadUrl = pathToFileURL(await bundleEntry('src-main/app/store-thread.ts', 'store-thread-policies'));
  const options = { ...testCoreOptions(dataDirectory), store: true, selfPid: 999_999_999 };
  const core = await createApp(options, { droppedEventCount: () => 0, storeThreadUrl });
  onTestFinished(() => core.stop());
  async function ask<N extends RequestName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    const reply = await core.handle(name, input, { actionsAllowed: true });
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.value as OutputOf<N>;
  }
  async function look(pid: number): Promise<Process> {
    const answer = await ask('readings.refresh', { source: 'processes' });
    if (answer.source !== 'processes' || answer.reading.kind !== 'ok') throw new Error('no processes');
    const found = answer.reading.data.processes.find((one) => one.pid === pid);
    if (found === undefined) throw new Error(`process ${pid} is not in the list`);
    return found;
  }
  return { core, ask, look };
}

/** A program of this test alone, running from a folder where anyone may write. */
async function startStranger() {
  const exe = join(temporaryDirectory(), 'stranger');
  copyFileSync('/bin/sleep', exe);
  chmodSync(exe, 0o755);
  const child = await startVictim(exe, ['1000']);
  return { exe, pid: pidOf(child) };
}

test.skipIf(!linux)('a decision counts at once, outlives LogScope, and its history with it', async () => {
  const data = temporaryDirectory();
  const { exe, pid } = await startStranger();
  const first = await openApp(data);
  expect((await first.look(pid)).role.layer).not.toBe('policy');
  const saved = await first.ask('policies.save', { exe, name: 'stranger', role: 'Our own waiter.', verdict: 'never-end' });
  expect(saved).toMatchObject({ exe, verdict: 'never-end', author: expect.stringMatching(/.+/) });
  const judged = await first.look(pid);
  expect(judged.role).toMatchObject({ layer: 'policy', values: { text: 'Our own waiter.' } });
  const preview = await first.ask('processes.preview', { id: judged.id });
  expect(preview.refusal?.key).toBe('policy');
  expect(await first.ask('processes.stop', { ticket: preview.ticket, signal: 'SIGKILL' })).toMatchObject({ outcome: 'refused' });
  await first.core.stop();

  const second = await openApp(data);
  expect((await waitFor(async () => (await second.ask('policies.list', null))[0], { timeoutMs: 5_000, what: 'what was kept' })).exe).toBe(
    exe,
  );
  expect((await second.look(pid)).role.layer).toBe('policy');
  expect(await second.ask('processes.audit', { limit: 10 })).toMatchObject([
    { pid, exe, outcome: 'refused', signal: 'SIGKILL', door: 'cli' },
  ]);
  expect(await second.ask('policies.remove', { exe })).toEqual({ removed: true });
  expect((await second.look(pid)).role.layer).not.toBe('policy');
  expect((await second.ask('policies.history', { exe })).map(({ policy }) => policy?.role ?? null)).toEqual([null, 'Our own waiter.']);
});

test.skipIf(!linux)('"this is expected" takes a rule out for this content, and gives it back', async () => {
  const { exe, pid } = await startStranger();
  const { ask, look } = await openApp(temporaryDirectory());
  const before = await waitFor(
    async () => {
      const row = await look(pid);
      return row.risk.reasons.some(({ axis }) => axis === 'threat') ? row : null;
    },
    { timeoutMs: 20_000, what: 'a rule that meets a program in a temporary folder' },
  );
  const rule = before.risk.reasons.find(({ axis }) => axis === 'threat')?.rule ?? '';
  expect(await ask('processes.expect', { id: before.id, rule, expected: true })).toEqual({ expectedRules: [rule] });
  // Its content is read once before the exception holds.
  const calm = await waitFor(
    async () => {
      const row = await look(pid);
      return row.risk.expectedRules.includes(rule) ? row : null;
    },
    { timeoutMs: 10_000, what: 'the rule to be expected' },
  );
  expect(calm.risk.axes.threat).toBeLessThan(before.risk.axes.threat);
  expect(calm.risk.reasons.map((one) => one.rule)).not.toContain(rule);
  const { policy, sha256 } = await ask('processes.explain', { id: before.id });
  expect(policy).toMatchObject({ exe, sha256, expectedRules: [rule] });
  expect(await ask('processes.expect', { id: before.id, rule, expected: false })).toEqual({ expectedRules: [] });
  expect((await look(pid)).risk.axes.threat).toBe(before.risk.axes.threat);
});

test.skipIf(!linux)('an explanation is whole, and evidence is saved below the data folder by a ticket that still works', async () => {
  const data = temporaryDirectory();
  const { exe, pid } = await startStranger();
  const { ask, look } = await openApp(data);
  const { id } = await look(pid);
  const explained = await ask('processes.explain', { id });
  expect(explained).toMatchObject({
    process: { pid, exe },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    killReason: { rule: expect.any(String), text: expect.stringMatching(/.+/) },
    children: [],
    clientCount: 0,
    policy: null,
  });
  expect(explained.roles.length).toBeGreaterThan(0);
  expect(explained.ancestors.at(-1)?.pid).toBe(process.pid);
  const { ticket } = await ask('processes.preview', { id });
  const saved = await ask('processes.save-evidence', { ticket });
  expect(saved.folder.startsWith(join(data, 'evidence'))).toBe(true);
  expect(saved.files).toContain('executable');
  expect(JSON.parse(readFileSync(join(saved.folder, 'judgement.json'), 'utf8'))).toMatchObject({ process: { pid } });
  expect(await ask('processes.stop', { ticket, signal: 'SIGKILL' })).toMatchObject({ outcome: 'gone' });
  expect(await ask('roles.ask', { name: 'stranger' })).toMatchObject({ name: 'stranger', askedCount: 1 });
  expect(await ask('roles.open', null)).toContainEqual(expect.objectContaining({ name: 'stranger', askedCount: 1 }));
});
