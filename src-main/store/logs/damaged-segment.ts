/** Bytes of a segment that cannot be what was written. Caught where a block or a segment is left out and counted. */
export class DamagedSegment extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DamagedSegment';
  }
}
