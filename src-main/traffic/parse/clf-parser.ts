import { type ClfLayout, unitMs } from '../formats/clf-layout';
import { agentBehind, hostFirst, timeLast } from '../wasm/layout';
import { ClfClock, clfTimeBytes } from './clf-time';
import { hashBytes, hashTarget } from './hash-bytes';
import { agentHash, clientHash, type LineFields, type LineParser, referrerHash } from './line-fields';
import type { ScanPlan } from './line-scan';
import { hashQuoted } from './quoted';
import { readTime } from './tail-time';

/** Reads lines of the common family by bytes, making no string of any. */
export class ClfParser implements LineParser {
  private readonly clock = new ClfClock();
  private readonly hasHost: boolean;
  private readonly hasAgent: boolean;
  private readonly hasTime: boolean;
  private readonly scale: number;
  readonly scanPlan: ScanPlan;

  constructor(private readonly layout: ClfLayout) {
    this.hasHost = layout.hasHost;
    this.hasAgent = layout.hasAgent;
    this.hasTime = layout.time.kind !== 'none';
    this.scale = unitMs[layout.unit];
    const { time } = layout;
    this.scanPlan = {
      flags: (this.hasHost ? hostFirst : 0) | (this.hasAgent ? agentBehind : 0) | (time.kind === 'last' ? timeLast : 0),
      scale: this.scale,
      readTime:
        time.kind === 'field' || time.kind === 'named' ? (bytes, start, end) => readTime(bytes, start, end, time, this.scale) : null,
    };
  }

  parse(fields: LineFields, start: number, end: number): boolean {
    const { bytes } = fields;
    let at = start;
    if (this.hasHost) {
      at = skipToBlank(bytes, at, end);
      if (at === start || at >= end) return false;
      at += 1;
    }
    fields.clientStart = at;
    at = skipToBlank(bytes, at, end);
    fields.clientEnd = at;
    if (at === fields.clientStart) return false;
    at = findTime(bytes, at, end);
    if (at < 0 || !this.clock.read(fields, at)) return false;
    at = this.readRequest(fields, at + clfTimeBytes + 3, end);
    if (at < 0) return false;
    at = readStatusAndSize(fields, at, end);
    if (at < 0) return false;
    hashBytes(fields, clientHash, fields.clientStart, fields.clientEnd);
    if (this.hasAgent) {
      at = this.readAgent(fields, at, end);
      if (at < 0) return false;
    } else {
      fields.referrerStart = fields.referrerEnd = fields.agentStart = fields.agentEnd = at;
    }
    fields.timeMs = this.hasTime ? readTime(bytes, at, end, this.layout.time, this.scale) : -1;
    return true;
  }

  /** From behind the opening quote to behind the closing one; -1: there is none. */
  private readRequest(fields: LineFields, start: number, end: number): number {
    const { bytes } = fields;
    let at = start;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte < 65 || byte > 90) break;
      at += 1;
    }
    fields.methodStart = start;
    const isHttp = at > start && at - start <= 24 && at < end && bytes[at] === 32;
    fields.methodEnd = isHttp ? at : start;
    at = hashTarget(fields, isHttp ? at + 1 : start, end);
    // What follows is the protocol, or more of a request that is no HTTP.
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte === 34) return at + 1;
      at += byte === 92 ? 2 : 1;
    }
    return -1;
  }

  private readAgent(fields: LineFields, start: number, end: number): number {
    const { bytes } = fields;
    if (start + 1 >= end || bytes[start] !== 32 || bytes[start + 1] !== 34) return -1;
    fields.referrerStart = start + 2;
    const referrerEnd = hashQuoted(fields, referrerHash, start + 2, end);
    if (referrerEnd < 0) return -1;
    fields.referrerEnd = referrerEnd;
    if (referrerEnd + 2 >= end || bytes[referrerEnd + 1] !== 32 || bytes[referrerEnd + 2] !== 34) return -1;
    fields.agentStart = referrerEnd + 3;
    const agentEnd = hashQuoted(fields, agentHash, referrerEnd + 3, end);
    if (agentEnd < 0) return -1;
    fields.agentEnd = agentEnd;
    return agentEnd + 1;
  }
}

function skipToBlank(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== 32) at += 1;
  return at;
}

/** Behind the `[` of `[dd/Mon/yyyy:hh:mm:ss +zzzz] "`; a user's name may hold brackets too. -1: there is none. */
function findTime(bytes: Uint8Array, start: number, end: number): number {
  const last = end - clfTimeBytes - 4;
  for (let at = start; at <= last; at++) {
    if (bytes[at] !== 91 || bytes[at + 3] !== 47 || bytes[at + 7] !== 47) continue;
    if (bytes[at + 27] === 93 && bytes[at + 28] === 32 && bytes[at + 29] === 34) return at + 1;
  }
  return -1;
}

/** ` 200 1234` or ` 304 -`; where it ends, or -1. */
function readStatusAndSize(fields: LineFields, start: number, end: number): number {
  const { bytes } = fields;
  if (start + 6 > end || bytes[start] !== 32 || bytes[start + 4] !== 32) return -1;
  const hundreds = (bytes[start + 1] as number) - 48;
  const tens = (bytes[start + 2] as number) - 48;
  const ones = (bytes[start + 3] as number) - 48;
  if (hundreds < 0 || hundreds > 9 || tens < 0 || tens > 9 || ones < 0 || ones > 9) return -1;
  fields.status = hundreds * 100 + tens * 10 + ones;
  let at = start + 5;
  if (bytes[at] === 45) {
    fields.sentBytes = 0;
    return isBlankOrEnd(bytes, at + 1, end) ? at + 1 : -1;
  }
  let size = 0;
  while (at < end) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) break;
    size = size * 10 + digit;
    at += 1;
  }
  if (at === start + 5 || !isBlankOrEnd(bytes, at, end)) return -1;
  fields.sentBytes = size;
  return at;
}

function isBlankOrEnd(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || bytes[at] === 32;
}
