import { expect, test } from 'vitest';
import { createDirectKeeper } from '../../../../../src-main/logs/keeper/direct-keeper';
import { createMemoryLogStore } from '../../../../../src-main/store/logs/memory-log-store';
import type { LogOrigin } from '../../../../../src-shared/logs/log-record';
import { defaultSettings } from '../../../../../src-shared/settings';

const origin: LogOrigin = { key: 'container/c1', sourceKind: 'container', name: 'web', kind: 'event' };

/** A storm keeps the thread so busy that its timers do not come. */
test('what waits to be stored is stored without a timer once it is much', async () => {
  const store = createMemoryLogStore({ nowMs: () => 1_000 });
  let mostAtOnce = 0;
  let storedCount = 0;
  const keeper = createDirectKeeper({
    clock: { nowMs: () => 1_000, monotonicMs: () => 1_000 },
    timers: { after: () => () => undefined },
    store: {
      ...store,
      append(batch) {
        mostAtOnce = Math.max(mostAtOnce, batch.records.length);
        storedCount += batch.records.length;
        return store.append(batch);
      },
    },
    hash: () => 'h',
    settings: defaultSettings.logs,
    files: null,
  });
  for (let batch = 0; batch < 20; batch += 1) {
    const lines = Array.from({ length: 1_000 }, (_, index) => ({
      origin,
      bytes: Buffer.from(`request ${batch * 1_000 + index} served`),
      cutBytes: 0,
      atMs: 1_000,
      stated: null,
    }));
    keeper.take({ reader: 'container/c1', lines, position: String(batch) });
  }
  expect(storedCount).toBeGreaterThanOrEqual(15_000);
  expect(mostAtOnce).toBeLessThanOrEqual(5_000);
  await keeper.close();
  expect(storedCount).toBe(20_000);
});
