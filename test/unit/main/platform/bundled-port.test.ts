import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { createBundledPort } from '../../../../src-main/platform/bundled-port';

function open() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  return { sender: createBundledPort<unknown, never>(port1), port1, port2 };
}

test('what is sent in one turn, and by promises that settle in it, goes as one message, in its order', async () => {
  const { sender, port2 } = open();
  const buffer = new ArrayBuffer(8);
  sender.send('first');
  sender.send(buffer, [buffer]);
  void Promise.resolve()
    .then(() => undefined)
    .then(() => sender.send('answer'));
  const [bundle] = await once(port2, 'message');
  expect(bundle).toEqual(['first', new ArrayBuffer(8), 'answer']);
  expect(buffer.byteLength).toBe(0);
  sender.send('of another turn');
  expect(await once(port2, 'message')).toEqual([['of another turn']]);
});

test('what is flushed before a close arrives, once', async () => {
  const { sender, port1, port2 } = open();
  const received: unknown[] = [];
  createBundledPort<never, unknown>(port2).onMessage((message) => received.push(message));
  sender.send('one');
  sender.send('two');
  sender.flush();
  sender.flush();
  port1.close();
  await once(port2, 'close');
  expect(received).toEqual(['one', 'two']);
});
