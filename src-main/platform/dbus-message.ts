/** The little of the D-Bus wire format that asking systemd for its units takes; see the D-Bus Specification, "Message Protocol". */

export interface MethodCall {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly destination: string;
  /** Arguments, each an array of strings. */
  readonly stringArrays: readonly (readonly string[])[];
}

/** A method call in little-endian form. */
export function writeMethodCall(serial: number, call: MethodCall): Buffer {
  const body = new DBusWriter();
  for (const strings of call.stringArrays) body.stringArray(strings);
  const fields = new DBusWriter();
  fields.field(1, 'o', call.path);
  fields.field(2, 's', call.interface);
  fields.field(3, 's', call.member);
  fields.field(6, 's', call.destination);
  if (call.stringArrays.length > 0) fields.signatureField(8, 'as'.repeat(call.stringArrays.length));
  const bodyBytes = body.bytes();
  const fieldBytes = fields.bytes();
  const head = Buffer.alloc(16);
  // Little endian, method call, no flags, protocol version 1.
  head.set([0x6c, 1, 0, 1]);
  head.writeUInt32LE(bodyBytes.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(fieldBytes.length, 12);
  return Buffer.concat([head, fieldBytes, Buffer.alloc(padding(16 + fieldBytes.length, 8)), bodyBytes]);
}

/** Offsets are from the start of the header's field array or of the body: both stand at a multiple of 8. */
class DBusWriter {
  private readonly parts: Buffer[] = [];
  private length = 0;

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  /** Code, signature of the value, value. */
  field(code: number, signature: 'o' | 's', value: string): void {
    this.align(8);
    this.push(Buffer.from([code, 1, signature.charCodeAt(0), 0]));
    this.string(value);
  }

  signatureField(code: number, signature: string): void {
    this.align(8);
    this.push(Buffer.from([code, 1, 'g'.charCodeAt(0), 0, signature.length, ...Buffer.from(signature), 0]));
  }

  stringArray(values: readonly string[]): void {
    const inner = new DBusWriter();
    for (const value of values) inner.string(value);
    this.align(4);
    const bytes = inner.bytes();
    this.uint32(bytes.length);
    this.push(bytes);
  }

  private string(value: string): void {
    this.align(4);
    const bytes = Buffer.from(value, 'utf8');
    this.uint32(bytes.length);
    this.push(bytes);
    this.push(Buffer.from([0]));
  }

  private uint32(value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.push(bytes);
  }

  private align(to: number): void {
    this.push(Buffer.alloc(padding(this.length, to)));
  }

  private push(bytes: Buffer): void {
    this.parts.push(bytes);
    this.length += bytes.length;
  }
}

function padding(offset: number, to: number): number {
  return (to - (offset % to)) % to;
}

export interface DBusMessage {
  readonly kind: 'return' | 'error' | 'other';
  /** Serial of the call that it answers; null for others. */
  readonly replyTo: number | null;
  /** Of an error: "org.freedesktop.DBus.Error.AccessDenied". */
  readonly errorName: string | null;
  readonly body: Buffer;
  readonly length: number;
}

/** The message at the start of the bytes; null while it is not complete. Throws for what is no little-endian message. */
export function readMessage(bytes: Buffer, maxBytes: number): DBusMessage | null {
  if (bytes.length < 16) return null;
  if (bytes[0] !== 0x6c) throw new Error('D-Bus: not a little-endian message');
  const bodyLength = bytes.readUInt32LE(4);
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  const bodyStart = fieldsEnd + padding(fieldsEnd, 8);
  const length = bodyStart + bodyLength;
  if (length > maxBytes) throw new Error(`D-Bus: a message of ${length} bytes`);
  if (bytes.length < length) return null;
  let replyTo: number | null = null;
  let errorName: string | null = null;
  let offset = 16;
  while (offset < fieldsEnd) {
    offset += padding(offset, 8);
    const code = bytes[offset];
    const signatureLength = bytes[offset + 1] ?? 0;
    const type = String.fromCharCode(bytes[offset + 2] ?? 0);
    offset += 2 + signatureLength + 1;
    if (type === 'g') {
      offset += 1 + (bytes[offset] ?? 0) + 1;
      continue;
    }
    offset += padding(offset, 4);
    const value = bytes.readUInt32LE(offset);
    offset += 4;
    if (code === 5) replyTo = value;
    if (type !== 's' && type !== 'o') continue;
    if (code === 4) errorName = bytes.toString('utf8', offset, offset + value);
    offset += value + 1;
  }
  const kind = bytes[1] === 2 ? 'return' : bytes[1] === 3 ? 'error' : 'other';
  return { kind, replyTo, errorName, body: bytes.subarray(bodyStart, length), length };
}

/** Reads values of a body one after the other. */
export class DBusReader {
  constructor(
    private readonly body: Buffer,
    private offset = 0,
  ) {}

  get atEnd(): boolean {
    return this.offset >= this.body.length;
  }

  uint32(): number {
    this.align(4);
    const value = this.body.readUInt32LE(this.offset);
    this.offset += 4;
    return value;
  }

  string(): string {
    const length = this.uint32();
    const start = this.offset;
    this.offset += length + 1;
    return this.body.toString('utf8', start, start + length);
  }

  skipString(): void {
    const length = this.uint32();
    this.offset += length + 1;
  }

  align(to: number): void {
    this.offset += padding(this.offset, to);
  }
}
