import type { AccessEntry, EntryReader } from '../formats/access-entry';
import { hashBytes, hashTarget } from './hash-bytes';
import { agentHash, clientHash, type LineFields, type LineParser, referrerHash } from './line-fields';

/** Makes a format that is read line by line look like one that is read by bytes: what it found is written behind itself. */
export class EntryParser implements LineParser {
  private room: Buffer = Buffer.alloc(4096);
  private at = 0;

  constructor(private readonly read: EntryReader) {}

  parse(fields: LineFields, start: number, end: number): boolean {
    const line = Buffer.from(fields.bytes.buffer, fields.bytes.byteOffset + start, end - start).toString('utf8');
    const entry = this.read(line);
    if (entry === null) return false;
    this.fill(fields, entry);
    return true;
  }

  private fill(fields: LineFields, entry: AccessEntry): void {
    const texts = [entry.client ?? '', entry.method ?? '', entry.target, entry.referrer ?? '', entry.agent ?? ''];
    const size = texts.reduce((sum, text) => sum + text.length * 3, 0);
    if (size > this.room.length) this.room = Buffer.alloc(size * 2);
    if (fields.bytes !== this.room) {
      fields.bytes = this.room;
      fields.view = new DataView(this.room.buffer, this.room.byteOffset, this.room.length);
    }
    this.at = 0;
    fields.clientStart = this.put(entry.client);
    fields.clientEnd = this.at;
    fields.methodStart = this.put(entry.method);
    fields.methodEnd = this.at;
    const target = this.put(entry.target);
    hashTarget(fields, target, this.at);
    fields.referrerStart = this.put(entry.referrer);
    fields.referrerEnd = this.at;
    fields.agentStart = this.put(entry.agent);
    fields.agentEnd = this.at;
    hashBytes(fields, clientHash, fields.clientStart, fields.clientEnd);
    hashBytes(fields, referrerHash, fields.referrerStart, fields.referrerEnd);
    hashBytes(fields, agentHash, fields.agentStart, fields.agentEnd);
    fields.status = entry.status;
    fields.sentBytes = entry.bytes ?? -1;
    fields.timeMs = entry.timeMs ?? -1;
    fields.atSecond = entry.atMs === null ? -1 : Math.floor(entry.atMs / 1000);
    fields.hour = entry.hour ?? -1;
  }

  private put(text: string | null): number {
    const start = this.at;
    if (text !== null) this.at += this.room.write(text, start, 'utf8');
    return start;
  }
}
