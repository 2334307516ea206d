import { test as base, expect, type Page } from '@playwright/test';
import { startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { type Serving, startServing } from '../helpers/web-serve';

interface Parts {
  /** Opens the window of a door of its own, started with these flags; both go away with the test. */
  readonly openWindow: (...flags: readonly string[]) => Promise<{ readonly page: Page; readonly door: Serving }>;
}
interface WorkerParts {
  /** Null where no engine can run; tests that need one skip themselves aloud. */
  readonly engine: TestDockerEngine | null;
}

export const test = base.extend<Parts, WorkerParts>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the wanted parts from this pattern
    async ({}, use) => {
      const engine = await startDockerEngine('shared');
      if ('unavailable' in engine) {
        console.warn(`e2e-web without containers: ${engine.unavailable}`);
        await use(null);
        return;
      }
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  openWindow: async ({ page, engine }, use) => {
    const doors: Serving[] = [];
    await use(async (...flags) => {
      const door = await startServing(['--engine', engine?.endpoint ?? 'unix:///nonexistent/logscope-test.sock', ...flags]);
      doors.push(door);
      await page.goto(door.url);
      return { page, door };
    });
    for (const door of doors) expect(await door.stop()).toMatchObject({ exitCode: 0 });
    await engine?.removeContainers();
  },
});

export { expect };

export const engineMissing = 'no private Docker engine here; run npm test as root on Debian or Ubuntu to have one';
