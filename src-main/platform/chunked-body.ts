/** Takes the frames of `Transfer-Encoding: chunked` away (RFC 9112 §7.1). */
export class ChunkedBody {
  private state: 'size' | 'extension' | 'data' | 'data-end' | 'trailer' | 'ended' | 'broken' = 'size';
  private size = 0;
  private sizeDigits = 0;
  private remaining = 0;
  /** Of the line behind the last chunk. */
  private trailerLength = 0;

  /** The body came to its end; without this the connection broke. */
  get isEnded(): boolean {
    return this.state === 'ended';
  }

  get isBroken(): boolean {
    return this.state === 'broken';
  }

  /** The content in it, moved together where it stands: `bytes` is written over. */
  write(bytes: Buffer): Buffer {
    let to = 0;
    let at = 0;
    while (at < bytes.length && this.state !== 'ended' && this.state !== 'broken') {
      if (this.state === 'data') {
        const taken = Math.min(this.remaining, bytes.length - at);
        bytes.copyWithin(to, at, at + taken);
        to += taken;
        at += taken;
        this.remaining -= taken;
        if (this.remaining === 0) this.state = 'data-end';
        continue;
      }
      this.takeByte(bytes[at] ?? 0);
      at += 1;
    }
    return bytes.subarray(0, to);
  }

  private takeByte(byte: number): void {
    switch (this.state) {
      case 'size':
        this.takeSizeByte(byte);
        return;
      case 'extension':
        if (byte === 10) this.endSize();
        return;
      case 'data-end':
        if (byte === 10) this.state = 'size';
        else if (byte !== 13) this.state = 'broken';
        return;
      case 'trailer':
        if (byte === 10 && this.trailerLength === 0) this.state = 'ended';
        else if (byte === 10) this.trailerLength = 0;
        else if (byte !== 13) this.trailerLength += 1;
    }
  }

  private takeSizeByte(byte: number): void {
    const lower = byte | 32;
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (digit >= 0 && this.sizeDigits < 8) {
      this.size = this.size * 16 + digit;
      this.sizeDigits += 1;
    } else if (this.sizeDigits === 0 || digit >= 0) this.state = 'broken';
    else if (byte === 10) this.endSize();
    else if (byte === 13 || byte === 59 || byte === 32) this.state = 'extension';
    else this.state = 'broken';
  }

  private endSize(): void {
    this.remaining = this.size;
    this.state = this.size === 0 ? 'trailer' : 'data';
    this.size = 0;
    this.sizeDigits = 0;
  }
}
