import type { TrafficRequest } from '../../../src-shared/traffic/report';

/** The slowest requests, at most `size`; whether one belongs to them is a single comparison. */
export class Slowest {
  private list: TrafficRequest[] = [];
  /** A request must take longer to be among them. */
  thresholdMs = 0;

  constructor(private readonly size: number) {}

  add(request: TrafficRequest): void {
    this.list.push(request);
    // Sorted only now and then: a log whose times only grow would sort at every line otherwise.
    if (this.list.length >= this.size * 2) this.trim();
  }

  all(): readonly TrafficRequest[] {
    this.trim();
    return this.list;
  }

  restore(list: readonly TrafficRequest[]): void {
    this.list = [...list];
    this.trim();
  }

  merge(other: Slowest): void {
    this.list = [...this.list, ...other.list];
    this.trim();
  }

  private trim(): void {
    this.list.sort((a, b) => (b.timeMs ?? 0) - (a.timeMs ?? 0));
    this.list.length = Math.min(this.list.length, this.size);
    if (this.list.length === this.size) this.thresholdMs = this.list[this.size - 1]?.timeMs ?? 0;
  }
}
