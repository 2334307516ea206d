import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppInfo, SelfCost } from '../../src-shared/contract';
import { defaultSettings, type Settings } from '../../src-shared/settings';
import type { Connection } from '../client/connection';

/** LogScope about itself: settings, cost, the line to the core. */
export interface AppState {
  readonly info: AppInfo | null;
  readonly settings: Settings;
  readonly self: SelfCost | null;
  readonly connection: Connection;
}
export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>(() => ({ info: null, settings: defaultSettings, self: null, connection: 'connecting' }));
}
