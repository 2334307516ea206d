import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/**
 * The two windows: `web` in Chromium against the browser door, `electron` in the desktop app. `npm test` prepares what they
 * need (build, display, session bus, engine); by hand: npm test -- e2e-electron.
 */
const installedChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const isRoot = process.getuid?.() === 0;

// The machine's own cluster is none of a test's business; inherited by all that the tests start.
process.env.KUBECONFIG = '/nonexistent/logscope-test-kubeconfig';

export default defineConfig({
  outputDir: 'test-results/playwright',
  // One at a time: they share a display, a session bus and an engine, and watch the machine they run on.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: process.env.CI !== undefined,
  projects: [
    {
      name: 'web',
      testDir: 'test/e2e-web',
      use: {
        browserName: 'chromium',
        launchOptions: {
          ...(installedChromium === undefined ? {} : { executablePath: installedChromium }),
          args: isRoot ? ['--no-sandbox'] : [],
        },
        // What stood in the page at each step, and a picture of the end: a film of all of it takes a tenth of the suite's processor time.
        trace: { mode: 'retain-on-failure', screenshots: false },
        screenshot: 'only-on-failure',
      },
    },
    { name: 'electron', testDir: 'test/e2e-electron' },
  ],
});
