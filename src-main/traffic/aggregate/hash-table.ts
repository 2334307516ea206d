/** Numbers of a slot, which then lies within one line of the cache: both halves of the hash, and the value + 1 (0: nothing is there). */
const slotNumbers = 4;

/** Hash of 64 bits -> small whole number, without an object for each. Open addressing; holds at most three quarters of its slots. */
export class HashTable {
  private readonly slots: Int32Array;
  private readonly mask: number;
  count = 0;

  /** `slotCount`: a power of two. */
  constructor(private readonly slotCount: number) {
    this.slots = new Int32Array(slotCount * slotNumbers);
    this.mask = slotCount - 1;
  }

  /** -1: it is not there. */
  get(one: number, two: number): number {
    const { slots, mask } = this;
    let slot = one & mask;
    for (;;) {
      const at = slot * slotNumbers;
      const value = slots[at + 2] as number;
      if (value === 0 || (slots[at] === one && slots[at + 1] === two)) return value - 1;
      slot = (slot + 1) & mask;
    }
  }

  get isFull(): boolean {
    return this.count * 4 >= this.slotCount * 3;
  }

  /** Must not be there yet, and the table not full. */
  add(one: number, two: number, value: number): void {
    const { slots, mask } = this;
    let slot = one & mask;
    while (slots[slot * slotNumbers + 2] !== 0) slot = (slot + 1) & mask;
    const at = slot * slotNumbers;
    slots[at] = one;
    slots[at + 1] = two;
    slots[at + 2] = value + 1;
    this.count += 1;
  }

  clear(): void {
    this.slots.fill(0);
    this.count = 0;
  }
}
