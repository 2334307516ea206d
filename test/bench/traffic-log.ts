import { closeSync, openSync, writeSync } from 'node:fs';

/** Methods, routes and usual times (ms) of a shop, with how often they are asked for. */
const endpoints: readonly (readonly [weight: number, method: string, path: (draw: Draw) => string, ms: number])[] = [
  [20, 'GET', (draw) => `/api/users/${draw(100_000)}`, 8],
  [14, 'GET', (draw) => `/api/items?page=${draw(50)}&size=20`, 12],
  [10, 'GET', () => '/', 3],
  [9, 'POST', () => '/api/login', 60],
  [8, 'GET', (draw) => `/api/orders/${draw(1_000_000)}`, 15],
  [7, 'POST', () => '/api/orders', 45],
  [6, 'GET', () => '/static/app.9f3c2b1a.js', 1],
  [5, 'GET', () => '/static/style.css', 1],
  [4, 'GET', (draw) => `/api/items/${draw(5_000)}`, 7],
  [3, 'GET', (draw) => `/api/search?q=%EA%B2%80%EC%83%89${draw(1_000)}`, 120],
  [2.5, 'PUT', (draw) => `/api/users/${draw(100_000)}/profile`, 35],
  [2, 'DELETE', (draw) => `/api/items/${draw(5_000)}`, 25],
  [2, 'GET', (draw) => `/api/sessions/${uuid(draw)}`, 5],
  [1.5, 'GET', () => '/api/admin/stats', 755],
  [1, 'GET', () => '/health', 0.5],
  [1, 'GET', (draw) => `/api/reports/${uuid(draw)}/download`, 300],
  [0.5, 'GET', () => '/wp-login.php', 2],
  [0.5, 'GET', () => '/검색/한글경로', 6],
];
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  'Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'curl/8.5.0',
  'python-requests/2.31.0',
  '내부모니터/1.0',
];
const referrers = ['-', '-', '-', 'https://shop.example.com/', 'https://shop.example.com/items?page=3'];
const statuses: readonly (readonly [upTo: number, status: number])[] = [
  [0.9, 200],
  [0.93, 304],
  [0.945, 302],
  [0.96, 404],
  [0.975, 401],
  [0.985, 400],
  [0.992, 500],
  [0.996, 502],
  [1, 503],
];
const malformed = ['garbage line without structure', '10.0.0.1 - - [bad date] "GET / HTTP/1.1" 200 12', 'x\u0000\u0000binary'];

/** A whole number below `limit`. */
type Draw = (limit: number) => number;

/** Writes about `bytes` of a day's access log (combined, time in seconds at the end; one line in 2,000 malformed). The same for the same size. */
export function writeTrafficLog(file: string, bytes: number, addressCount = 524_288): { readonly lines: number; readonly bytes: number } {
  let state = 42;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const draw: Draw = (limit) => Math.floor(random() * limit);
  const picks = endpoints.flatMap((endpoint) => Array.from({ length: endpoint[0] * 2 }, () => endpoint));
  const expectedLines = bytes / 210;
  const descriptor = openSync(file, 'w');
  let written = 0;
  let lines = 0;
  let text = '';
  while (written + text.length < bytes) {
    lines += 1;
    if (random() < 0.0005) text += `${malformed[draw(malformed.length)]}\n`;
    else {
      const [, method, path, usualMs] = picks[draw(picks.length)] ?? picks[0] ?? [1, 'GET', () => '/', 1];
      const share = random();
      const status = statuses.find(([upTo]) => share < upTo)?.[1] ?? 200;
      const normal = Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(6.283_185 * random());
      const tail = random() < 0.01 ? 1 / (random() + 1e-4) ** 0.8 : 1;
      const seconds = Math.min(30, (usualMs * Math.exp(0.6 * normal) * tail) / 1000).toFixed(3);
      const address = draw(addressCount);
      const client = `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`;
      const stamp = clfTime(Math.min(86_399, Math.floor((lines / expectedLines) * 86_400)));
      const size = status === 304 ? '0' : String(100 + draw(60_000));
      text += `${client} - ${random() < 0.05 ? `user${draw(500)}` : '-'} [${stamp}] "${method} ${path(draw)} HTTP/1.1" ${status} ${size} "${referrers[draw(referrers.length)]}" "${agents[draw(agents.length)]}" ${seconds}\n`;
    }
    if (text.length > 4_000_000) {
      written += writeSync(descriptor, text);
      text = '';
    }
  }
  written += writeSync(descriptor, text);
  closeSync(descriptor);
  return { lines, bytes: written };
}

function clfTime(second: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `10/Jun/2025:${two(Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)} +0900`;
}

function uuid(draw: Draw): string {
  return '00000000-0000-4000-8000-000000000000'.replace(/0/g, () => draw(16).toString(16));
}
