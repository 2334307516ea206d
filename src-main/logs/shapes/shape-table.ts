/** Slots; a power of two. */
const slotCount = 65_536;
/** Fuller than this it is emptied: what comes again is soon known again. */
const mostKept = 40_000;
const noted = -1;

/**
 * What is known of shapes, by their two hashes. A shape is only worth judging when it comes again, for many a line has values that no other
 * has: at first it is noted.
 */
export class ShapeTable<Known extends object> {
  private readonly low = new Int32Array(slotCount);
  private readonly high = new Int32Array(slotCount);
  /** One more than the index in `known`; 0: empty; -1: only noted. */
  private readonly places = new Int32Array(slotCount);
  private known: Known[] = [];
  private used = 0;

  constructor(private readonly onCleared: () => void) {}

  /** Null: it is not known. */
  find(low: number, high: number): Known | null {
    const place = this.places[this.slotOf(low, high)] as number;
    return place > 0 ? (this.known[place - 1] ?? null) : null;
  }

  /** True: it came before, and should be judged. */
  note(low: number, high: number): boolean {
    const slot = this.slotOf(low, high);
    if (this.places[slot] !== 0) return true;
    this.take(slot, low, high, noted);
    return false;
  }

  learn(low: number, high: number, known: Known): void {
    const slot = this.slotOf(low, high);
    this.take(slot, low, high, this.known.push(known));
  }

  private take(slot: number, low: number, high: number, place: number): void {
    if (this.places[slot] === 0) this.used += 1;
    this.low[slot] = low;
    this.high[slot] = high;
    this.places[slot] = place;
    if (this.used <= mostKept) return;
    this.places.fill(0);
    this.known = [];
    this.used = 0;
    this.onCleared();
  }

  /** Where it is, or would be. */
  private slotOf(low: number, high: number): number {
    let slot = low & (slotCount - 1);
    while (this.places[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & (slotCount - 1);
    return slot;
  }
}
