/** What a byte is to the scanner of shapes; 0: a line that holds it has no shape. */
export const plainByte = 1;
export const digitByte = 2;
export const hexByte = 4;
export const letterByte = 8;

export const byteKinds = createKinds();

function createKinds(): Uint8Array {
  const kinds = new Uint8Array(256);
  kinds.fill(plainByte, 32, 127);
  kinds[9] = plainByte;
  kinds.fill(digitByte, 48, 58);
  kinds.fill(letterByte, 65, 91);
  kinds.fill(letterByte, 97, 123);
  kinds.fill(hexByte, 97, 103);
  return kinds;
}
