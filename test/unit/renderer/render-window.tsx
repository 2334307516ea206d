import { act, render } from '@testing-library/react';
import { vi } from 'vitest';
import { App } from '../../../src-renderer/app';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { createSampler } from '../../../src-renderer/client/sample-readings';
import { createWindowState } from '../../../src-renderer/state/window-state';
import type { AppInfo } from '../../../src-shared/contract';
import { applySettingsPatch, defaultSettings, type Settings } from '../../../src-shared/settings';
import type { AnyReading } from '../../../src-shared/snapshots';

export const nowMs = new Date('2026-11-21T12:04:20').getTime();

type Handlers = Parameters<typeof createFakeClient>[0];

interface WindowOptions {
  readonly trouble?: boolean;
  readonly language?: 'en' | 'ko';
  readonly actionsAllowed?: boolean;
  /** Instead of the sample's. */
  readonly readings?: readonly AnyReading[];
  readonly handlers?: Handlers;
}

/** The whole window on a fake client, with everything read in. */
export async function renderWindow({
  trouble = true,
  language = 'en',
  actionsAllowed = true,
  readings,
  handlers = {},
}: WindowOptions = {}) {
  window.matchMedia ??= ((query: string) => ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  })) as never;
  HTMLElement.prototype.scrollTo ??= (() => undefined) as never;
  HTMLElement.prototype.scrollIntoView ??= () => undefined;
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  // jsdom has no layout: the virtual list would see a height of 0 and draw no row.
  Object.defineProperties(HTMLElement.prototype, {
    clientHeight: { configurable: true, value: 600 },
    clientWidth: { configurable: true, value: 1000 },
  });
  const sampler = createSampler({ containerCount: 14, processCount: 40, trouble, seed: 3 });
  let settings: Settings = applySettingsPatch(defaultSettings, { language });
  const info: AppInfo = {
    version: '0.1.0',
    node: 'dev-1',
    platform: 'linux',
    door: 'electron',
    actionsAllowed,
    systemLanguage: 'en',
    runtime: { node: '20', electron: null, chrome: null },
    paused: false,
  };
  const client = createFakeClient({
    'app.info': () => info,
    'settings.get': () => settings,
    'settings.change': (patch) => {
      settings = applySettingsPatch(settings, patch as Parameters<typeof applySettingsPatch>[1]);
      return settings;
    },
    'alerts.list': () => sampler.alerts(nowMs),
    'alerts.dismiss': () => ({ dismissed: 1 }),
    'readings.latest': () => readings ?? sampler.readings(nowMs),
    'self.latest': () => ({
      atMs: nowMs,
      cpuCores: 0.011,
      memoryBytes: 212 * 1024 ** 2,
      memoryKind: 'pss',
      droppedEventCount: 0,
      level: 'ok',
    }),
    'history.range': () => [],
    ...handlers,
  });
  const state = createWindowState(client, () => nowMs);
  const view = render(<App state={state} />);
  await act(async () => {
    await vi.waitFor(() => {
      if (state.app.getState().self === null) throw new Error('not yet');
    });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  return { state, client, sampler, ...view };
}
