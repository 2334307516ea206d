/** Hash of 64 bits -> small whole number, without an object for each. Open addressing; holds at most three quarters of its slots. */
export class HashTable {
  private readonly ones: Int32Array;
  private readonly twos: Int32Array;
  private readonly values: Int32Array;
  private readonly mask: number;
  count = 0;

  /** `slotCount`: a power of two. */
  constructor(slotCount: number) {
    this.ones = new Int32Array(slotCount);
    this.twos = new Int32Array(slotCount);
    this.values = new Int32Array(slotCount).fill(-1);
    this.mask = slotCount - 1;
  }

  /** -1: it is not there. */
  get(one: number, two: number): number {
    let slot = one & this.mask;
    for (;;) {
      const value = this.values[slot] as number;
      if (value < 0 || (this.ones[slot] === one && this.twos[slot] === two)) return value;
      slot = (slot + 1) & this.mask;
    }
  }

  get isFull(): boolean {
    return this.count * 4 >= this.values.length * 3;
  }

  /** Must not be there yet, and the table not full. */
  add(one: number, two: number, value: number): void {
    let slot = one & this.mask;
    while ((this.values[slot] as number) >= 0) slot = (slot + 1) & this.mask;
    this.ones[slot] = one;
    this.twos[slot] = two;
    this.values[slot] = value;
    this.count += 1;
  }

  clear(): void {
    this.values.fill(-1);
    this.count = 0;
  }
}
