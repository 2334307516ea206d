import type { Browser, Page } from 'playwright-core';
import { startServing } from '../helpers/web-serve';
import { absoluteRow, type BenchRun, median } from './bench-row';
import { chromiumVersion, findChromium, openChromium } from './chromium';
import { podCount, startCluster } from './pods-cluster';

declare global {
  interface Window {
    /** When the table of pods was first on screen with all of them, by the clock of the day. */
    podsPaintedAtMs?: number;
  }
}

const rounds = 5;

/**
 * K1: first paint of 1,000 pods in the real window, in Chromium, of the built app. From the start of LogScope, whose cluster
 * nobody has looked at yet, and from opening one more window beside it.
 */
export const run: BenchRun = async (say) => {
  const executablePath = findChromium();
  if (executablePath === null) {
    say('SKIPPED K1 in the window: no Chromium found; install one or set LOGSCOPE_CHROMIUM');
    return [];
  }
  const cluster = await startCluster();
  const browser = await openChromium(executablePath);
  process.env.KUBECONFIG = cluster.kubeconfig;
  try {
    // The first start fills the file cache.
    await measureRound(browser);
    const cold: number[] = [];
    const warm: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { coldMs, warmMs } = await measureRound(browser);
      cold.push(coldMs);
      warm.push(warmMs);
    }
    const inWords = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(' ');
    const note = `${podCount} pods of 6 KB, median of ${rounds}, ms: started ${inWords(cold)}, opened ${inWords(warm)}; ${chromiumVersion(executablePath)}`;
    return [
      absoluteRow({
        id: 'K1-paint',
        what: 'from start of LogScope to all pods painted',
        ours: median(cold),
        unit: 'ms',
        must: 2_000,
        note,
      }),
      absoluteRow({
        id: 'K1-paint-open',
        what: 'from opening a window to all pods painted',
        ours: median(warm),
        unit: 'ms',
        must: 2_000,
        note,
      }),
    ];
  } finally {
    await browser.close();
    await cluster.stop();
  }
};

async function measureRound(browser: Browser): Promise<{ readonly coldMs: number; readonly warmMs: number }> {
  // Empty pages, made before the clock starts: how fast a browser makes one is not ours.
  const [first, second] = [await openEmpty(browser), await openEmpty(browser)];
  const startedAtMs = Date.now();
  const door = await startServing(['--engine', 'unix:///nonexistent/logscope-bench.sock']);
  try {
    const coldMs = (await showPods(first, door.url)) - startedAtMs;
    await first.close();
    const openedAtMs = Date.now();
    return { coldMs, warmMs: (await showPods(second, door.url)) - openedAtMs };
  } finally {
    await second.close();
    await door.stop();
  }
}

async function openEmpty(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await page.addInitScript(notePaint, podCount);
  return page;
}

/** Opens the window and goes to the pods as a person does; when all of them were painted. */
async function showPods(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('navigation').getByRole('button', { name: 'Pods' }).click();
  const painted = await page.waitForFunction(() => window.podsPaintedAtMs, undefined, { timeout: 30_000 });
  return (await painted.jsonValue()) ?? Number.NaN;
}

/** Runs in the page. The table tells how many rows it has; those in view are drawn. */
function notePaint(count: number): void {
  const observer = new MutationObserver(() => {
    const table = document.querySelector('[role="table"][aria-label="Pods"]');
    if (table?.getAttribute('aria-rowcount') !== String(count + 1) || !(table.textContent ?? '').includes('web-')) return;
    observer.disconnect();
    // The frame is drawn behind this callback; the next task comes after it.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        window.podsPaintedAtMs = Date.now();
      };
      channel.port2.postMessage(null);
    });
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}
