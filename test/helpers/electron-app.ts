import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { resolveElectron } from '../../scripts/electron-env.mjs';
import type { TestHook } from '../../src-main/electron/test-hook';
import { type NotificationServer, startNotificationServer } from './notification-server';
import { startTrayHost, type TrayHost } from './tray-host';

declare global {
  /** The app's own hook, in its main process; see src-main/electron/test-hook.ts. */
  var __logscopeTest: TestHook;
}

export interface LaunchOptions {
  /** One of its own when left out, removed afterwards. */
  readonly dataDirectory?: string;
  /** An address where nothing listens when left out: the machine's own engine is none of a test's business. */
  readonly engineEndpoint?: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A packaged app instead of the built one. */
  readonly executablePath?: string;
}

export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly process: ChildProcess;
  readonly dataDirectory: string;
  readonly launchedAtMs: number;
  /** The lines that LogScope itself wrote to the terminal, without Chromium's. */
  readonly ownLines: readonly string[];
  window(): Promise<Page>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly tookMs: number }>;
}

interface Fixtures {
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>;
}

interface WorkerFixtures {
  readonly tray: TrayHost;
  readonly notifications: NotificationServer;
}

/** Playwright's `test` with a desktop: a tray host and a notification service of its own, and apps that end with the test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  tray: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures out of this pattern.
    async ({}, use) => {
      needSessionBus();
      const tray = await startTrayHost();
      await use(tray);
      tray.stop();
    },
    { scope: 'worker', auto: true },
  ],
  notifications: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      needSessionBus();
      const notifications = await startNotificationServer();
      await use(notifications);
      notifications.stop();
    },
    { scope: 'worker', auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  launch: async ({}, use) => {
    const running: RunningApp[] = [];
    await use(async (options = {}) => {
      const app = await launchApp(options);
      running.push(app);
      return app;
    });
    await endApps(running);
  },
});

export { expect } from '@playwright/test';

/**
 * One app for all tests of a file that leave nothing in it which the next would see; each begins with a page that was loaded anew.
 * After a failure the next test has a fresh one: Playwright then begins with a new worker.
 */
export function shareApp(): { readonly open: () => Promise<{ readonly app: RunningApp; readonly page: Page }> } {
  let app: RunningApp | null = null;
  test.beforeAll(async () => {
    app = await launchApp({});
  });
  test.afterAll(async () => {
    if (app !== null) await endApps([app]);
    app = null;
  });
  return {
    async open() {
      if (app === null) throw new Error('The shared app did not start');
      const page = await app.window();
      await page.reload();
      return { app, page };
    },
  };
}

async function endApps(apps: readonly RunningApp[]): Promise<void> {
  // All of them before any folder goes: two may share one.
  for (const app of apps) if (app.process.exitCode === null && app.process.signalCode === null) await app.end('SIGTERM');
  // Chromium's helper processes may outlive the main one by a moment and still write their profile.
  for (const app of apps) rmSync(app.dataDirectory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function needSessionBus(): void {
  if (process.env.DBUS_SESSION_BUS_ADDRESS) return;
  throw new Error('There is no session bus for the tray: run these through `npm test -- e2e-electron` (xvfb-run and dbus-run-session)');
}

async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'logscope-e2e-'));
  const environment: Record<string, string> = {
    ...definedOnly(process.env),
    LOGSCOPE_TEST: '1',
    LOGSCOPE_DATA_DIRECTORY: dataDirectory,
    LOGSCOPE_ENGINE: options.engineEndpoint ?? 'unix:///nonexistent/logscope-test.sock',
    // Nor is the machine's own cluster.
    KUBECONFIG: '/nonexistent/logscope-test-kubeconfig',
    LANG: 'en_US.UTF-8',
    ...options.environment,
  };
  delete environment.DOCKER_HOST;
  if (options.executablePath === undefined) await prepareBuiltApp();
  const launchedAtMs = Date.now();
  const electron = await _electron.launch({
    args: [...(options.executablePath === undefined ? [resolve('.')] : []), '--disable-gpu', ...(options.arguments ?? [])],
    env: environment,
    ...(options.executablePath === undefined ? {} : { executablePath: options.executablePath }),
  });
  askAgainWhenAnswerIsLost(electron);
  const process_ = electron.process();
  const ownLines: string[] = [];
  process_.stderr?.on('data', (chunk: Buffer) => {
    ownLines.push(
      ...chunk
        .toString('utf8')
        .split('\n')
        .filter((line) => line.startsWith('logscope: ')),
    );
  });
  return {
    electron,
    process: process_,
    dataDirectory,
    launchedAtMs,
    ownLines,
    window: () => electron.firstWindow(),
    end: (signal) => endProcess(process_, signal),
  };
}

/**
 * Playwright waits for the answer through a promise that V8's inspector only holds weakly: about one question in 12,000 loses
 * it to the garbage collector, with functions that return a plain value too (microsoft/playwright#33737, seen with 1.65 on
 * Electron 33). What is asked here may be asked twice.
 */
function askAgainWhenAnswerIsLost(electron: ElectronApplication): void {
  const evaluate = electron.evaluate.bind(electron) as (...question: readonly unknown[]) => Promise<unknown>;
  const evaluateAgain = (...question: readonly unknown[]) =>
    evaluate(...question).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes('Resulting promise was garbage collected')) return evaluate(...question);
      throw error;
    });
  electron.evaluate = evaluateAgain as typeof electron.evaluate;
}

/** Playwright finds Electron through the npm package, in this process. */
async function prepareBuiltApp(): Promise<void> {
  if (!existsSync(resolve('out/main/main.js'))) throw new Error('The app is not built: npm run build');
  const { environment } = await resolveElectron();
  Object.assign(process.env, environment);
}

function endProcess(child: ChildProcess, signal: NodeJS.Signals): ReturnType<RunningApp['end']> {
  const startedAt = performance.now();
  return new Promise((settle) => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', (code, endedBy) => {
      clearTimeout(impatience);
      settle({ code, signal: endedBy, tookMs: performance.now() - startedAt });
    });
    child.kill(signal);
  });
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
