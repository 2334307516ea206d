import { clientHash, type LineFields } from '../parse/line-fields';
import { HashTable } from './hash-table';

const nameLimit = 65_536;
const aliasSlots = 1 << 17;
const longestName = 64;
/** All names beyond the limit. */
const otherName = 0;

/**
 * Clients as numbers of 32 bits that can be told back: an IPv4 address is itself, anything else (IPv6, host names) has a number in a
 * list of 65,536; what comes beyond those is one client without a name.
 */
export class ClientKeys {
  key = 0;
  isNamed = false;
  private readonly names: string[] = [''];
  private readonly byName = new Map<string, number>();
  private aliases: HashTable | null = null;

  /** Sets `key` and `isNamed`. */
  read(fields: LineFields): void {
    const { bytes, clientStart, clientEnd } = fields;
    const address = readAddress(bytes, clientStart, clientEnd);
    this.isNamed = address < 0;
    this.key = address < 0 ? this.nameKey(fields) : address;
  }

  /** Sets `key` and `isNamed`; false: nobody of this name was there. */
  find(client: string): boolean {
    const bytes = Buffer.from(client);
    const address = readAddress(bytes, 0, bytes.length);
    this.isNamed = address < 0;
    this.key = address < 0 ? (this.byName.get(client) ?? otherName) : address;
    return !this.isNamed || this.key !== otherName;
  }

  textOf(key: number, isNamed: boolean): string {
    if (isNamed) return this.names[key] ?? '';
    return `${key >>> 24}.${(key >>> 16) & 255}.${(key >>> 8) & 255}.${key & 255}`;
  }

  get nameCount(): number {
    return this.names.length;
  }

  dump(): readonly string[] {
    return this.names;
  }

  restore(names: readonly string[]): void {
    for (const name of names.slice(1)) this.byName.set(name, this.names.push(name) - 1);
  }

  private nameKey(fields: LineFields): number {
    const { hashes, bytes, clientStart, clientEnd } = fields;
    this.aliases ??= new HashTable(aliasSlots);
    const one = hashes[clientHash] as number;
    const two = hashes[clientHash + 1] as number;
    const known = this.aliases.get(one, two);
    if (known >= 0) return known;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const name = text.toString('utf8', clientStart, Math.min(clientEnd, clientStart + longestName));
    let key = this.byName.get(name);
    if (key === undefined) {
      key = this.names.length < nameLimit ? this.names.push(name) - 1 : otherName;
      if (key !== otherName) this.byName.set(name, key);
    }
    if (this.aliases.isFull) this.aliases.clear();
    this.aliases.add(one, two, key);
    return key;
  }
}

/** `10.0.0.1` as a number; -1: it is none, or not written in the one usual way. */
function readAddress(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 7 || end - start > 15) return -1;
  let address = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 46) {
      if (digits === 0) return -1;
      address = address * 256 + octet;
      octet = 0;
      digits = 0;
      dots += 1;
      continue;
    }
    const digit = byte - 48;
    if (digit < 0 || digit > 9 || (digits > 0 && octet === 0)) return -1;
    octet = octet * 10 + digit;
    digits += 1;
    if (octet > 255) return -1;
  }
  return dots === 3 && digits > 0 ? address * 256 + octet : -1;
}
