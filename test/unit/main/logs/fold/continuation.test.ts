import { describe, expect, it } from 'vitest';
import { ContinuationDetector } from '../../../../../src-main/logs/fold/continuation';
import { parseLine } from '../../../../../src-main/logs/parse/parse-line';
import { after, before, failed, traces } from './stack-traces';

/** Lines put together as the detector says. */
function fold(lines: readonly string[]): readonly string[] {
  const detector = new ContinuationDetector();
  const entries: string[][] = [];
  for (const line of lines) {
    const continues = detector.continues(parseLine(line), line);
    if (detector.reclaimedCount > 0) {
      const taken = entries.splice(-detector.reclaimedCount);
      entries.at(-1)?.push(...taken.flat());
    }
    if (continues) entries.at(-1)?.push(line);
    else entries.push([line]);
  }
  return entries.map((entry) => entry.join('\n'));
}

describe('a stack trace is one entry', () => {
  it.each(Object.entries(traces))('%s', (_, trace) => {
    expect(fold([before, ...trace.split('\n'), after])).toEqual([before, trace, after]);
  });

  it('among lines without heads', () => {
    const lines = Object.values(traces).filter((trace) => !trace.includes('2026-11-21') && !/^(?:\[2026|ERROR:)/.test(trace));
    const all = lines.flatMap((trace) => ['done with one', ...trace.split('\n')]);
    expect(fold([...all, 'done'])).toEqual([...lines.flatMap((trace) => ['done with one', trace]), 'done']);
  });

  it('each of two in a row', () => {
    const trace = traces['Python without message'] ?? '';
    const java = traces['Java of its own'] ?? '';
    expect(fold([...trace.split('\n'), ...trace.split('\n'), ...java.split('\n'), ...java.split('\n')])).toEqual([
      trace,
      trace,
      java,
      java,
    ]);
  });
});

describe('a message of several lines', () => {
  it.each<[string, string]>([
    [
      'Node of its own',
      'Error: Command failed: make\nMakefile:3: missing separator.  Stop.\n\n    at genericNodeError (node:internal/errors:984:15)\n    at run (/app/git.js:3:9)',
    ],
    ['Java below a head', `${failed}\njava.lang.IllegalStateException: first\nsecond: more\nthird\n\tat shop.Stock.take(Stock.java:41)`],
    [
      'a cause',
      `${failed}\njava.io.IOException: a\n\tat shop.A.b(A.java:1)\nCaused by: java.sql.SQLException: ERROR 42\nDetail of it\n\tat shop.C.d(C.java:2)\n\t... 3 more`,
    ],
    [
      'Node as the message of a head',
      '2026-11-21T10:00:05.000Z ERROR [db] shop.Db - Error: query failed\nselect 1\n    at Db.query (/app/db.js:1:2)',
    ],
  ])('%s belongs to its trace', (_, trace) => {
    expect(fold([before, ...trace.split('\n'), after])).toEqual([before, trace, after]);
  });

  it('is none without frames, behind too many lines, or across a line of its own', () => {
    const frame = '    at run (/app/git.js:3:9)';
    for (const lines of [
      ['Error: x', 'listening on 80', 'done'],
      ['Error: x', 'one', 'two', 'three', 'four', 'five', frame],
      ['Error: x', 'one', after, 'two'],
      ['Error: x', 'one', 'Error: y', 'two', 'three'],
    ]) {
      expect(fold(lines)).toEqual(lines);
    }
    expect(fold(['Error: x', 'one', failed, frame])).toEqual(['Error: x', 'one', `${failed}\n${frame}`]);
    expect(fold(['Error: x', 'Error: y', frame])).toEqual(['Error: x', `Error: y\n${frame}`]);
    expect(fold(['Error: x', 'WARN low', frame])[0]).toBe('Error: x');
  });
});

describe('lines that stay on their own', () => {
  it.each<[string, readonly string[]]>([
    ['lines without heads', ['one', 'two', '', 'three', 'four: five', 'done', '}', ']']],
    ['indented lines below one without head', ['usage', '  -a  all', '  -b  both']],
    ['a frame below a line that says no error', ['GET / 200', '\tat shop.Stock.take(Stock.java:41)']],
    ['an error below an ordinary line with a head', [before, 'Error: x', 'TypeError: y']],
    ['an exception below an ordinary line with a head', [before, 'java.lang.IllegalStateException: x']],
    ['a traceback below an ordinary line with a head', [before, 'Traceback (most recent call last):']],
    ['a word below an error', [failed, 'done', 'example.com', 'main']],
    ['what follows a panic', ['panic: x', 'server stopped', '[1] done']],
    ['what follows the end of a traceback', ['Listening on :80', 'ValueError: x', 'Server started: yes']],
    ['a closing bracket that nothing opened', [failed, '}']],
    ['empty lines below a head', [failed, '', ' \t']],
    ['lines with heads in a row', [before, failed, after]],
    [
      'access log',
      [
        '10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1',
        '10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 500 1',
      ],
    ],
  ])('%s', (_, lines) => {
    expect(fold(lines)).toEqual(lines);
  });

  it('a line with a head within a trace, and frames after it go to that line', () => {
    const lines = ['Error: x', '    at a (/a.js:1:1)', before, '    at b (/b.js:1:1)'];
    expect(fold(lines)).toEqual(['Error: x\n    at a (/a.js:1:1)', `${before}\n    at b (/b.js:1:1)`]);
  });

  it('frames whose message was parted from them by another line are one entry of their own', () => {
    expect(fold(['Error: x', 'GET / 200', '    at a (/a.js:1:1)', '    at b (/b.js:1:1)'])).toEqual([
      'Error: x',
      'GET / 200',
      '    at a (/a.js:1:1)\n    at b (/b.js:1:1)',
    ]);
  });

  it('what follows a reset', () => {
    const detector = new ContinuationDetector();
    detector.continues(parseLine(failed), failed);
    detector.reset();
    expect(detector.continues(parseLine('\tat a.b(C.java:1)'), '\tat a.b(C.java:1)')).toBe(false);
    expect(detector.continues(parseLine('\tat a.c(C.java:2)'), '\tat a.c(C.java:2)')).toBe(true);
  });

  it('a block draws in at most 200 lines without head', () => {
    const entries = fold(['items:', ...Array.from({ length: 300 }, (_, index) => `  - ${index}`)]);
    expect(entries[0]?.split('\n')).toHaveLength(201);
    expect(entries).toHaveLength(101);
  });
});

describe('hostile lines', () => {
  it('take time in proportion to their length', () => {
    const lines = [
      ' '.repeat(65_536),
      '\t'.repeat(65_536),
      `\tat ${'a'.repeat(65_536)}`,
      `#${'1'.repeat(65_536)}`,
      'a.'.repeat(32_768),
      '/'.repeat(65_536),
    ];
    const startedAtMs = performance.now();
    for (let round = 0; round < 50; round += 1) {
      for (const opening of [
        'panic: x',
        'Traceback (most recent call last):',
        'Error: x',
        failed,
        '/a.js:1',
        `thread 'main' panicked at x:`,
      ]) {
        const detector = new ContinuationDetector();
        for (const line of [opening, ...lines]) detector.continues({ ...parseLine('x'), message: line }, line);
      }
    }
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
  });
});
