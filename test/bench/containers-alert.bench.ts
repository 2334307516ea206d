import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src-main/app/create-app';
import type { AlertChange } from '../../src-shared/alerts';
import { startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { waitFor } from '../helpers/wait-for';
import { testCoreOptions } from '../helpers/web-core-options';
import { absoluteRow, type BenchRun, median } from './bench-row';

/**
 * From the moment that the engine writes into its "die" event to the alert as the doors hear it, over 50 runs with the window
 * hidden, which is the slower cadence.
 */
const runs = 50;
const mustMs = 1_000;

export const run: BenchRun = async (say) => {
  const engine = await startDockerEngine('private');
  if ('unavailable' in engine) {
    say(`Container die -> alert is not measured: ${engine.unavailable}`);
    return [];
  }
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-bench-'));
  const core = await createApp(testCoreOptions(dataDirectory, { engineEndpoint: engine.endpoint, audience: 'hidden' }));
  const raised: { readonly subject: string; readonly atMs: number }[] = [];
  core.onEvent((event) => {
    if (event.event === 'alert') note(event.payload);
  });
  function note({ change, alert }: AlertChange): void {
    if (change === 'raised' && alert.source === 'containers') raised.push({ subject: alert.subject, atMs: Date.now() });
  }
  try {
    const refreshed = await core.handle('readings.refresh', { source: 'containers' }, { actionsAllowed: false });
    if (!refreshed.ok) throw new Error(refreshed.error.message);
    const latencies: number[] = [];
    for (let index = 0; index < runs; index += 1) latencies.push(await measureOne(engine, `dies-${index}`, raised));
    const sorted = latencies.toSorted((left, right) => left - right);
    // Of 50 the worst is the 99th percentile.
    const worst = sorted.at(-1) ?? Number.NaN;
    const note50 = `${runs} runs, window hidden; median ${median(sorted).toFixed(0)} ms, second worst ${sorted.at(-2)?.toFixed(0)} ms`;
    return [
      absoluteRow({ id: 'container-die-alert', what: 'container die -> alert, p99', ours: worst, unit: 'ms', must: mustMs, note: note50 }),
    ];
  } finally {
    await core.stop();
    await engine.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
};

async function measureOne(
  engine: TestDockerEngine,
  name: string,
  raised: readonly { readonly subject: string; readonly atMs: number }[],
): Promise<number> {
  // It lives for a time of its own, so that its end falls anywhere between two readings.
  const lifeSeconds = (0.5 + Math.random()).toFixed(2);
  const id = await engine.run(['--name', name], 'sh', '-c', `sleep ${lifeSeconds}; exit 3`);
  const alert = await waitFor(() => raised.find(({ subject }) => subject === name), {
    timeoutMs: 20_000,
    what: `the alert of ${name}`,
    everyMs: 10,
  });
  const now = Math.ceil(Date.now() / 1000) + 1;
  const filters = ['--filter', `container=${id}`, '--filter', 'event=die', '--format', '{{.TimeNano}}'];
  const { stdout } = await engine.docker('events', '--since', String(now - 120), '--until', String(now - 1), ...filters);
  const diedAtMs = Number(BigInt(stdout.trim().split('\n')[0] ?? '0') / 1000n) / 1000;
  await engine.removeContainers();
  return alert.atMs - diedAtMs;
}
