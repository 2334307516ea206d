import { describe, expect, it } from 'vitest';
import { findStackFrames, mapContainerPath } from '../../../../src-shared/logs/stack-frames';

/** Path, line, column and what would be clickable. */
function placesIn(text: string): readonly (readonly [string, number, number | null, string])[] {
  return findStackFrames(text).map(({ path, line, column, from, to }) => [path, line, column, text.slice(from, to)]);
}

describe('findStackFrames', () => {
  it.each<[string, string, number, number | null, string]>([
    ['    at Orders.take (/app/src/orders.ts:41:13)', '/app/src/orders.ts', 41, 13, '/app/src/orders.ts:41:13'],
    ['    at async file:///app/my%20app/index.mjs:3:9', '/app/my app/index.mjs', 3, 9, 'file:///app/my%20app/index.mjs:3:9'],
    ['    at async file:///app/index.mjs:3:9', '/app/index.mjs', 3, 9, '/app/index.mjs:3:9'],
    ['    at run (/home/me/my app/x.js:1:2)', '/home/me/my app/x.js', 1, 2, '/home/me/my app/x.js:1:2'],
    ['    at Page (/app/(shop)/[id]/page.tsx:3:4)', '/app/(shop)/[id]/page.tsx', 3, 4, '/app/(shop)/[id]/page.tsx:3:4'],
    ['  File "/app/my app/main.py", line 10, in <module>', '/app/my app/main.py', 10, null, '/app/my app/main.py", line 10'],
    ['\tat shop.stock.Stock.take(Stock.java:41) ~[shop.jar:1.2]', 'shop/stock/Stock.java', 41, null, 'Stock.java:41'],
    ['\tat java.base/java.lang.Thread.run(Thread.java:833)', 'java/lang/Thread.java', 833, null, 'Thread.java:833'],
    ['\tat shop.MainKt$main$1.invokeSuspend(Main.kt:9)', 'shop/Main.kt', 9, null, 'Main.kt:9'],
    [
      '\t/usr/local/go/src/net/http/server.go:1868 +0xb9',
      '/usr/local/go/src/net/http/server.go',
      1868,
      null,
      '/usr/local/go/src/net/http/server.go:1868',
    ],
    ["thread 'main' panicked at src/main.rs:4:5:", 'src/main.rs', 4, 5, 'src/main.rs:4:5'],
    ['             at ./src/main.rs:4:5', './src/main.rs', 4, 5, './src/main.rs:4:5'],
    ['   at Shop.Pipe.Close() in /src/Pipe.cs:line 7', '/src/Pipe.cs', 7, null, '/src/Pipe.cs:line 7'],
    [String.raw`   at Shop.Pipe.Close() in C:\src\Pipe.cs:line 7`, String.raw`C:\src\Pipe.cs`, 7, null, String.raw`C:\src\Pipe.cs:line 7`],
    ["\tfrom /app/shop.rb:20:in `each'", '/app/shop.rb', 20, null, '/app/shop.rb:20'],
    ['#0 /app/index.php(7): take()', '/app/index.php', 7, null, '/app/index.php(7)'],
    ['  thrown in /app/index.php on line 9', '/app/index.php', 9, null, '/app/index.php on line 9'],
    ['    #0 0x55d0 in main /src/main.cpp:7:10', '/src/main.cpp', 7, 10, '/src/main.cpp:7:10'],
    ['src/a.ts(12,5): error TS2304: no name', 'src/a.ts', 12, 5, 'src/a.ts(12,5)'],
    ['ERROR:/app/x.py:3: bad', '/app/x.py', 3, null, '/app/x.py:3'],
  ])('%s', (text, path, line, column, clickable) => {
    expect(placesIn(text)).toEqual([[path, line, column, clickable]]);
  });

  it('finds all of a trace in order', () => {
    const text = 'Error: x\n    at a (/app/a.js:1:2)\n    at /app/b.js:3:4\n    at node:internal/main:5:6';
    expect(placesIn(text).map(([path]) => path)).toEqual(['/app/a.js', '/app/b.js']);
  });

  it.each([
    'connect to shop.pl:443 and api.rs:80',
    'GET https://shop.pl:443/x and http://localhost:3000/app.js:1:2',
    '//shop.pl:443',
    'webpack:///./src/x.js:1:2',
    'jar:file:///a/b.java:3',
    'main.go:5',
    'x.java:41 and (x.java:41)',
    '/etc/passwd:3',
    '/app/x.js',
    '/app/x.js:0',
    '/app/x.jsonl:3',
    '/app/x.js:12345678',
    '/app/../../etc/x.js:1:2',
    'file:///app/%2e%2e/x.js:1:2',
    'file:///app/%00/x.js:1:2',
    'file:///app/%ff/x.js:1:2',
    '/app/\u202ey.js:1:2',
    '-x/y.js:1:2',
    '.js:1:2',
    '/.js',
  ])('takes nothing from %j', (text) => {
    expect(placesIn(text)).toEqual([]);
  });

  it('begins a path behind a NUL', () => {
    expect(placesIn('/a\0/b.js:1:2')).toEqual([['/b.js', 1, 2, '/b.js:1:2']]);
  });

  it('bounds what very long lines cost and give', () => {
    const startedAtMs = performance.now();
    expect(findStackFrames(`${'a'.repeat(65_536)}/x.js:1:2`)).toEqual([]);
    expect(findStackFrames('/a.js:1:2 '.repeat(10_000))).toHaveLength(500);
    for (const piece of ['.js', '.js:', '/', '(', '( ', '.js(', '" ', '.js", line ', 'a.java:1)', '.js:1 ', ':']) {
      findStackFrames(piece.repeat(Math.floor(65_536 / piece.length)));
    }
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
  });
});

describe('mapContainerPath', () => {
  const mounts = [
    { source: '/home/me/shop', target: '/app' },
    { source: '/home/me/lib/', target: '/app/lib/' },
    { source: 'node_modules', target: '/app/node_modules' },
    { source: '/', target: '/host' },
  ];

  it.each<[string, string | null]>([
    ['/app/src/x.ts', '/home/me/shop/src/x.ts'],
    ['/app/lib/y.ts', '/home/me/lib/y.ts'],
    ['/app//./lib/y.ts', '/home/me/lib/y.ts'],
    ['/app/library/y.ts', '/home/me/shop/library/y.ts'],
    ['/app', '/home/me/shop'],
    ['/host/etc/x.py', '/etc/x.py'],
    ['/application/x.ts', null],
    ['/app/../etc/x.ts', null],
    ['/app/\0x.ts', null],
    ['/app/x\n.ts', null],
    ['app/x.ts', null],
    ['', null],
  ])('%j is %j', (path, expected) => {
    expect(mapContainerPath(path, mounts)).toBe(expected);
  });

  it('knows nothing without mounts', () => {
    expect(mapContainerPath('/app/x.ts', [])).toBeNull();
    expect(mapContainerPath('/app/x.ts', [{ source: '/a', target: 'app' }])).toBeNull();
  });
});
