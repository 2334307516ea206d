import { rowAtSecond, rowHour, stampAddress } from '../layout';

/** Length of `10/Oct/2000:13:55:36 -0700`. */
export const stampBytes: usize = 26;

let minuteSecond: f64 = 0;
let minuteHour: i32 = -1;

/** As ClfClock: sets second and hour of the row; false when no stamp stands at `at`. 26 bytes must be there. */
// @inline
export function readStamp(row: usize, at: usize): bool {
  const tens = <u32>load<u8>(at, 18) - 48;
  const ones = <u32>load<u8>(at, 19) - 48;
  if (tens > 6 || ones > 9) return false;
  // Everything but the two bytes of the second, in two loads that overlap.
  const head = v128.xor(v128.load(at), v128.load(stampAddress));
  const tail = v128.and(
    v128.xor(v128.load(at, 10), v128.load(stampAddress, 10)),
    i8x16(-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, -1, -1, -1, -1, -1, -1),
  );
  if (minuteHour < 0 || v128.any_true(v128.or(head, tail))) {
    if (!learn(at)) return false;
  }
  store<f64>(row + rowAtSecond * 8, minuteSecond + <f64>(tens * 10 + ones));
  store<i32>(row + rowHour * 4, minuteHour);
  return true;
}

function learn(at: usize): bool {
  const day = twoDigits(at);
  const month = monthAt(at + 3);
  const century = twoDigits(at + 7);
  const yearOf = twoDigits(at + 9);
  const hour = twoDigits(at + 12);
  const minute = twoDigits(at + 15);
  const zoneHours = twoDigits(at + 22);
  const zoneMinutes = twoDigits(at + 24);
  const sign = load<u8>(at, 21);
  if ((day | month | century | yearOf | hour | minute | zoneHours | zoneMinutes) < 0) return false;
  if (load<u8>(at, 2) !== 47 || load<u8>(at, 6) !== 47 || load<u8>(at, 11) !== 58 || load<u8>(at, 14) !== 58) return false;
  if (load<u8>(at, 17) !== 58 || load<u8>(at, 20) !== 32 || (sign !== 43 && sign !== 45)) return false;
  if (hour > 23 || minute > 59) return false;
  // Date.UTC takes years of two digits for those of the twentieth century.
  const year = century === 0 ? 1900 + yearOf : century * 100 + yearOf;
  if (day < 1 || day > daysOf(year, month)) return false;
  const local = (<i64>daysBefore(year, month) + day - 1) * 86_400 + hour * 3_600 + minute * 60;
  const zone = zoneHours * 3_600 + zoneMinutes * 60;
  minuteSecond = <f64>(sign === 45 ? local + zone : local - zone);
  minuteHour = hour;
  memory.copy(stampAddress, at, stampBytes);
  return true;
}

/** -1: these are no two digits. */
function twoDigits(at: usize): i32 {
  const tens = <u32>load<u8>(at) - 48;
  const ones = <u32>load<u8>(at, 1) - 48;
  return tens > 9 || ones > 9 ? -1 : tens * 10 + ones;
}

/** 0 to 11; -1: none. */
function monthAt(at: usize): i32 {
  const name = ((<i32>load<u8>(at)) << 16) | ((<i32>load<u8>(at, 1)) << 8) | <i32>load<u8>(at, 2);
  switch (name) {
    case 0x4a616e:
      return 0;
    case 0x466562:
      return 1;
    case 0x4d6172:
      return 2;
    case 0x417072:
      return 3;
    case 0x4d6179:
      return 4;
    case 0x4a756e:
      return 5;
    case 0x4a756c:
      return 6;
    case 0x417567:
      return 7;
    case 0x536570:
      return 8;
    case 0x4f6374:
      return 9;
    case 0x4e6f76:
      return 10;
    case 0x446563:
      return 11;
    default:
      return -1;
  }
}

function isLeap(year: i32): bool {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysOf(year: i32, month: i32): i32 {
  if (month === 1) return isLeap(year) ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

/** Days from 1970 to the first of the month. */
function daysBefore(year: i32, month: i32): i32 {
  const before = year - 1;
  let days = before * 365 + before / 4 - before / 100 + before / 400 - 719_162;
  for (let earlier = 0; earlier < month; earlier++) days += daysOf(year, earlier);
  return days;
}
