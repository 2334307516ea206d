import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The window in a browser and in Electron. Started by scripts/test.mjs, which gives them a display, a bus and an engine. */
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  outputDir: 'test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Both share one Docker engine and two cores: figures and counts would disturb each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: { trace: 'retain-on-failure' },
  projects: [
    {
      name: 'web',
      testDir: 'test/e2e-web',
      testMatch: '**/*.test.ts',
      use: {
        browserName: 'chromium',
        locale: 'en-US',
        viewport: { width: 1280, height: 800 },
        // The system's Chromium, so that nothing needs to be downloaded; as root it has no sandbox.
        launchOptions: { ...systemChromium(), args: isRoot ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'] },
      },
    },
    { name: 'electron', testDir: 'test/e2e-electron', testMatch: '**/*.test.ts' },
  ],
});

function systemChromium(): { executablePath?: string } {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return { executablePath: file };
      } catch {
        // Not in this folder; Playwright's own is used when it is nowhere.
      }
    }
  }
  return {};
}
