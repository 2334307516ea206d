import { expect, test } from 'vitest';
import { createStopTickets, type StopTicket } from '../../../../src-main/app/stop-processes-tickets';
import type { HeldProcess } from '../../../../src-main/platform/process-control';
import { createFakeTime } from '../../../helpers/fake-time';
import { processRow } from '../../../helpers/process-samples';

/** Holds that are counted instead of descriptors. */
function open() {
  const time = createFakeTime();
  let openHolds = 0;
  function hold(): HeldProcess {
    openHolds += 1;
    return {
      signal: () => 'sent',
      waitFor: async () => 'gone',
      look: () => 'there',
      directory: '/nowhere',
      release: () => {
        openHolds -= 1;
      },
    };
  }
  const ticketOf = (pid: number, descendantCount: number): StopTicket => ({
    target: { process: processRow(pid), refusal: null, held: hold() },
    descendants: Array.from({ length: descendantCount }, (_, index) => ({
      process: processRow(pid * 1_000 + index),
      refusal: null,
      held: hold(),
    })),
    comesBack: null,
  });
  return { tickets: createStopTickets(time), ticketOf, time, openHolds: () => openHolds };
}

test('never more than five hundred open holds, whatever is previewed; the newest ticket always works', () => {
  const { tickets, ticketOf, openHolds } = open();
  const keys = Array.from({ length: 20 }, (_, index) => tickets.issue(ticketOf(index + 1, 99)));
  expect(openHolds()).toBe(500);
  expect(() => tickets.look(keys[0] ?? '')).toThrow(expect.objectContaining({ code: 'expired' }));
  const big = tickets.issue(ticketOf(99, 600));
  expect(tickets.look(big).descendants).toHaveLength(600);
  expect(openHolds()).toBe(601);
  tickets.issue(ticketOf(100, 0));
  expect(openHolds()).toBe(1);
});

test('everything is let go of after a minute, looking does not use a ticket up, redeeming does', async () => {
  const { tickets, ticketOf, time, openHolds } = open();
  const key = tickets.issue(ticketOf(1, 2));
  tickets.look(key);
  const ticket = tickets.redeem(key);
  expect(() => tickets.redeem(key)).toThrow(expect.objectContaining({ code: 'expired' }));
  await time.advance(120_000);
  expect(openHolds(), 'whoever redeemed it holds on to it').toBe(3);
  const again = tickets.issue(ticket);
  await time.advance(59_999);
  expect(openHolds()).toBe(3);
  await time.advance(1);
  expect(openHolds()).toBe(0);
  expect(() => tickets.look(again)).toThrow(expect.objectContaining({ code: 'expired' }));
});
