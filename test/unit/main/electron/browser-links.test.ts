import { expect, test, vi } from 'vitest';
import { createBrowserLinks } from '../../../../src-main/electron/browser-links';

const elsewhere = { address: 'https://example.org/', here: false };

function setUp() {
  const opened: string[] = [];
  const answers: ((wanted: boolean) => void)[] = [];
  const log = vi.fn();
  const follow = createBrowserLinks({
    open: async (address) => {
      if (address.includes('broken')) throw new Error('no browser');
      opened.push(address);
    },
    ask: () => new Promise((resolve) => answers.push(resolve)),
    log,
  });
  return { opened, answers, log, follow };
}

test('what is on this machine opens without a question', async () => {
  const { follow, opened, answers } = setUp();
  await follow({ address: 'http://localhost:8080/', here: true });
  expect([opened, answers.length]).toEqual([['http://localhost:8080/'], 0]);
});

test('elsewhere opens after a yes, and one question stands at a time', async () => {
  const { follow, opened, answers } = setUp();
  const first = follow(elsewhere);
  await follow({ address: 'https://second.example/', here: false });
  expect(answers).toHaveLength(1);
  answers[0]?.(true);
  await first;
  expect(opened).toEqual([elsewhere.address]);
  const again = follow(elsewhere);
  answers[1]?.(false);
  await again;
  expect(opened).toEqual([elsewhere.address]);
});

test('a machine without a browser is a line in the log', async () => {
  const { follow, log } = setUp();
  await follow({ address: 'http://localhost/broken', here: true });
  expect(log).toHaveBeenCalledWith('no browser opened http://localhost/broken: Error: no browser');
});
