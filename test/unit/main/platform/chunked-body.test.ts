import { describe, expect, it } from 'vitest';
import { ChunkedBody } from '../../../../src-main/platform/chunked-body';

function read(text: string, pieceBytes: number) {
  const body = new ChunkedBody();
  let content = '';
  for (let at = 0; at < text.length; at += pieceBytes) {
    content += body.write(Buffer.from(text.slice(at, at + pieceBytes), 'latin1')).toString('latin1');
  }
  return { content, isEnded: body.isEnded, isBroken: body.isBroken };
}

describe('ChunkedBody', () => {
  it('gives the content in whatever pieces it comes', () => {
    const text = '5\r\nhello\r\n1;name=value\r\n,\r\n000C \r\n a\r\n0\r\nworld\r\n0\r\nTrailer: x\r\n\r\nbehind';
    for (const pieceBytes of [1, 2, 3, 7, 1_000]) {
      expect(read(text, pieceBytes)).toEqual({ content: 'hello, a\r\n0\r\nworld', isEnded: true, isBroken: false });
    }
  });

  it('knows a body that broke off from one that ended', () => {
    expect(read('5\r\nhello\r\n', 4)).toMatchObject({ content: 'hello', isEnded: false, isBroken: false });
    expect(read('5\r\nhel', 4)).toMatchObject({ content: 'hel', isEnded: false });
    expect(read('0\r\n', 4)).toMatchObject({ isEnded: false });
  });

  it('stops at what is no chunk', () => {
    for (const text of ['hello\r\n', '\r\n', '5\r\nhelloXX\r\n', '1234567890\r\n', '-1\r\n']) {
      expect(read(text, 1_000)).toMatchObject({ isBroken: true, isEnded: false });
    }
  });
});
