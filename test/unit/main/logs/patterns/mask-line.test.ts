import { describe, expect, it } from 'vitest';
import { maskLine } from '../../../../../src-main/logs/patterns/mask-line';

describe('values are told by their form', () => {
  it.each([
    ['took 3 seconds', 'took <duration>'],
    ['lifetime <1 sec', 'lifetime <duration>'],
    ['free 317.2 KB of 1,033 bytes', 'free <size> of <size>'],
    ['from 10.0.0.1 port 22', 'from <ip> port <num>'],
    ['client /10.0.0.1:45307 closed', 'client /<ip>:<num> closed'],
    ['proxy.example.org:5070 open', '<host>:<num> open'],
    ['at 12:30:01,123 and 2015-07-29', 'at <time> and <time>'],
    ['id 113d3a99-02b0-447d-96ea-a692162415ae', 'id <uuid>'],
    ['via 00:11:43:e3:ba:c3', 'via <mac>'],
    ['read /var/log/syslog: denied', 'read <path>: denied'],
    ['core C:\\Windows\\x.dll loaded', 'core <path> loaded'],
    ['GET /v2/x?a=b,c&d=1 HTTP/1.1', 'GET <path> HTTP/<num>'],
    ['see https://example.org/a?b=c', 'see <url>'],
    ['flags=0x1f', 'flags=<hex>'],
    ['block blk_-123 done', 'block <id> done'],
    ['enable......1', 'enable......<num>'],
    ['jk2_init() ok', 'jk2_init() ok'],
    ['IPv6 and SHA256 stay', 'IPv6 and SHA256 stay'],
    ['two  blanks\tand a tab', 'two blanks and a tab'],
    ['', ''],
  ])('%j becomes %j', (text, shape) => {
    expect(maskLine(text)).toBe(shape);
  });
});

it('only the beginning of a long message counts', () => {
  expect(maskLine('a'.repeat(60_000)).length).toBe(2_048);
});
