import type { Page } from 'playwright-core';
import '../../src-renderer/look/globals';
import { absoluteRow, type BenchRow, benchRow } from './bench-row';
import { chromiumVersion, findChromium } from './chromium';
import { openRendererPages } from './renderer-page';

const warmUpCount = 8;
const updateCount = 20;
const containerCount = 50;
const processCount = 1000;

/**
 * P9: main-thread CPU time of one whole-screen update (a reading of every source, and the clock's tick) at 1 Hz with 50
 * containers and 1,000 processes, as Chromium counts it (TaskDuration in thread time, so that a busy machine does not count).
 * The making of the invented data is measured apart and subtracted: in the product it arrives ready. Peer: the same data with
 * recharts' defaults and a full table.
 */
export async function run(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const executablePath = findChromium();
  if (executablePath === null) {
    say('SKIPPED P9: no Chromium found; install one or set LOGSCOPE_CHROMIUM');
    return [];
  }
  const pages = await openRendererPages(process.cwd(), executablePath);
  try {
    const query = `containers=${containerCount}&processes=${processCount}&language=en`;
    const ours = await measure(
      await openPage(pages.browser.newPage({ viewport: { width: 1600, height: 1000 } }), pages.url('look', query)),
    );
    say(`ours: ${inWords(ours)}`);
    const full = await measure(
      await openPage(pages.browser.newPage({ viewport: { width: 1600, height: 1000 } }), pages.url('look', `${query}&section=containers`)),
    );
    say(`containers view: ${inWords(full)}`);
    const peer = await measure(
      await openPage(pages.browser.newPage({ viewport: { width: 1600, height: 1000 } }), pages.url('peer', query)),
    );
    say(`peer: ${inWords(peer)}`);
    const note = `${containerCount} containers, ${processCount} processes, ${chromiumVersion(executablePath)}, software drawing`;
    return [
      absoluteRow({ id: 'P9', what: 'whole-screen update at 1 Hz, main thread', ours: ours.taskMs, unit: 'ms', must: 16, note }),
      absoluteRow({
        id: 'P9-containers',
        what: 'update of the Containers view, main thread',
        ours: full.taskMs,
        unit: 'ms',
        must: 16,
        note,
      }),
      benchRow({
        id: 'P9-peer',
        what: 'whole-screen update beside the plain way',
        ours: ours.taskMs,
        peer: peer.taskMs,
        peerName: 'recharts defaults, full table',
        unit: 'ms',
        must: 1 / 10,
        note,
      }),
    ];
  } finally {
    await pages.close();
  }
}

interface Measured {
  readonly taskMs: number;
  readonly dataMs: number;
}

async function openPage(opening: Promise<Page>, url: string): Promise<Page> {
  const page = await opening;
  await page.goto(url);
  await page.waitForFunction(() => window.lookTick !== undefined && (document.body.textContent ?? '').length > 500);
  return page;
}

async function measure(page: Page): Promise<Measured> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const tick = () =>
    page.evaluate(() => {
      window.lookTick?.();
    });
  const pass = async (count: number, everyMs: number, step: () => Promise<unknown>) => {
    const before = await taskMs();
    for (let index = 0; index < count; index += 1) {
      await step();
      await page.waitForTimeout(everyMs);
    }
    return ((await taskMs()) - before) / count;
  };
  await pass(warmUpCount, 300, tick);
  const dataMs = await page.evaluate(() => window.lookDataMs?.() ?? 0);
  const busyMs = await pass(updateCount, 1000, tick);
  await page.close();
  return { taskMs: busyMs - dataMs, dataMs };
}

function inWords({ taskMs, dataMs }: Measured): string {
  return `${taskMs.toFixed(1)} ms an update (${dataMs.toFixed(1)} ms of making data subtracted)`;
}
