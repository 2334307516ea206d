import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWebDoor, type WebDoor } from '../../src-main/web/web-door';
import { createFakeCore } from './web-fake-core';
import { openSession } from './web-requests';

/** The real door on a real socket, with a session; LogScope behind it is a fake that tells what reached it. */
export interface DoorUnderTest {
  readonly door: WebDoor;
  readonly cookie: string;
  readonly core: ReturnType<typeof createFakeCore>;
  /** How many requests reached LogScope while `use` ran. */
  reachedCore(use: () => Promise<unknown>): Promise<number>;
  stop(): Promise<void>;
}

/** Beside the files it serves lies a `secret.txt` with the word CANARY. */
export async function openDoor(): Promise<DoorUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'logscope-web-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>LogScope</title>');
  writeFileSync(join(folder, 'renderer', 'assets', 'app-1.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'CANARY');
  const core = createFakeCore((name) => ({ ok: true, value: { name } }));
  const door = await startWebDoor({
    core,
    host: '127.0.0.1',
    port: 0,
    actionsAllowed: false,
    rendererDirectory: join(folder, 'renderer'),
    localAddresses: ['10.9.8.7'],
  });
  return {
    door,
    core,
    cookie: await openSession(door.port, door.token),
    async reachedCore(use) {
      const before = core.requests.length;
      await use();
      return core.requests.length - before;
    },
    async stop() {
      await door.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
