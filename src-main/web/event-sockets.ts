import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AnyEvent } from '../../src-shared/contract';
import type { Core } from '../app/core';
import { createEventOutbox, type EventOutbox } from './event-outbox';

/** The live clients of the door. */
export interface EventSockets {
  /** Takes over an upgrade that was already judged. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Events that slow clients, present and past, did not get. */
  droppedEventCount(): number;
  stop(): void;
}

/** Clients only listen: anything longer than a control frame is refused by closing. */
const incomingLimitBytes = 1024;

/** Sends every event of the core to every client; readings come at the window's cadence only while someone looks. */
export function createEventSockets(core: Core): EventSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: incomingLimitBytes, perMessageDeflate: false, clientTracking: false });
  const clients = new Map<WebSocket, EventOutbox>();

  // Made once for all clients, and only when one of them can take it.
  const texts = new WeakMap<AnyEvent, string>();
  let droppedByGone = 0;

  function jsonOf(event: AnyEvent): string {
    const made = texts.get(event) ?? JSON.stringify(event);
    texts.set(event, made);
    return made;
  }

  const stopListening = core.onEvent((event) => {
    for (const outbox of clients.values()) outbox.push(event);
  });

  function add(client: WebSocket): void {
    const outbox = createEventOutbox({ send: (text, done) => client.send(text, done) }, jsonOf);
    clients.set(client, outbox);
    if (clients.size === 1) core.setAudience('visible');
    client.on('close', () => {
      outbox.close();
      droppedByGone += outbox.droppedCount();
      clients.delete(client);
      if (clients.size === 0) core.setAudience('headless');
    });
    // A client that breaks the protocol or vanishes is closed by ws itself; there is nothing to tell anybody.
    client.on('error', () => client.terminate());
  }

  return {
    accept(request, socket, head) {
      // A client that went away without a word (remote use) would keep its place among the 50 connections.
      if (socket instanceof Socket) socket.setKeepAlive(true, 30_000);
      server.handleUpgrade(request, socket, head, add);
    },
    droppedEventCount() {
      let count = droppedByGone;
      for (const outbox of clients.values()) count += outbox.droppedCount();
      return count;
    },
    stop() {
      stopListening();
      for (const client of clients.keys()) client.close(1001, 'LogScope ends');
      server.close();
    },
  };
}
