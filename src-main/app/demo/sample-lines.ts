import { type Incident, incidentAt } from './incident';
import { type Draw, drawFrom, pick, pickSkewed } from './random';

/** New lines come this often. */
export const slotMs = 3_000;

/** What a small shop writes in three seconds: combined with the response time behind it, and its application's own log. */
export interface SampleLines {
  readonly access: readonly string[];
  readonly application: readonly string[];
}

interface Route {
  readonly method: string;
  readonly path: (draw: Draw) => string;
  readonly usualMs: number;
  readonly bytes: number;
  /** Waits for the database: slow and failing when that is. */
  readonly isStored: boolean;
}

const word = (draw: Draw) => pick(draw, ['lamp', 'chair', 'desk', 'shelf', 'mirror', 'carpet'] as const);
const number = (draw: Draw, limit: number) => 1 + Math.floor(draw() * limit);

const routes: readonly [Route, ...Route[]] = [
  { method: 'GET', path: () => '/', usualMs: 14, bytes: 8_200, isStored: false },
  { method: 'GET', path: (draw) => `/products/${number(draw, 900)}`, usualMs: 38, bytes: 14_500, isStored: true },
  { method: 'GET', path: (draw) => `/static/app.${pick(draw, ['js', 'css'] as const)}`, usualMs: 2, bytes: 48_000, isStored: false },
  { method: 'GET', path: (draw) => `/api/products?page=${number(draw, 40)}`, usualMs: 45, bytes: 6_300, isStored: true },
  { method: 'GET', path: (draw) => `/api/search?q=${word(draw)}`, usualMs: 85, bytes: 3_900, isStored: true },
  { method: 'GET', path: (draw) => `/images/${number(draw, 900)}.webp`, usualMs: 5, bytes: 31_000, isStored: false },
  { method: 'POST', path: () => '/api/cart', usualMs: 32, bytes: 240, isStored: true },
  { method: 'GET', path: (draw) => `/api/orders/${number(draw, 50_000)}`, usualMs: 55, bytes: 1_900, isStored: true },
  { method: 'POST', path: () => '/api/login', usualMs: 110, bytes: 410, isStored: true },
  { method: 'POST', path: () => '/api/checkout', usualMs: 210, bytes: 620, isStored: true },
  { method: 'GET', path: () => '/api/reports/sales', usualMs: 380, bytes: 22_000, isStored: true },
];

const agents = [
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
] as const;
const scannedPaths = [
  '/wp-login.php',
  '/.env',
  '/phpmyadmin/',
  '/.git/config',
  '/admin.php',
  '/backup.zip',
  '/vendor/phpunit',
  '/cgi-bin/luci',
] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Lines of slot number `slot` (since the epoch). The same seed gives the same lines whenever they are asked for. */
export function sampleLines(seed: number, slot: number, offsetMinutes: number): SampleLines {
  const slotAtMs = slot * slotMs;
  const draw = drawFrom(seed, slot, 2);
  const incident = incidentAt(seed, slotAtMs);
  const access: string[] = [];
  const application: string[] = [];
  const count = Math.round((2 + 5 * busyness(slotAtMs, offsetMinutes)) * (0.5 + draw()));
  const times = Array.from({ length: count }, () => slotAtMs + Math.floor(draw() * slotMs)).sort((a, b) => a - b);
  for (const atMs of times) {
    const route = pickSkewed(draw, routes);
    const outcome = outcomeOf(route, incident, draw);
    const path = route.path(draw);
    access.push(accessLine({ atMs, client: clientOf(draw), route, path, ...outcome }, draw, offsetMinutes));
    if (outcome.status >= 500) {
      const why = outcome.status === 504 ? 'query took longer than 5000 ms' : 'no connection to the database: pool of 20 is used up';
      application.push(`${stamp(atMs)} ERROR [shop.db] ${route.method} ${path.split('?')[0]}: ${why}`);
    }
  }
  if (incident !== null) addIncident(incident, slotAtMs, draw, offsetMinutes, access, application);
  if (draw() < 0.2) application.push(`${stamp(slotAtMs)} INFO [shop.orders] order ${number(draw, 50_000)} was paid`);
  if (draw() < 0.05) application.push(`${stamp(slotAtMs)} INFO [shop.cache] ${number(draw, 400)} entries were refreshed`);
  return { access, application };
}

/** From 0 in the night to 1 in the afternoon. */
function busyness(atMs: number, offsetMinutes: number): number {
  const hour = new Date(atMs + offsetMinutes * 60_000).getUTCHours();
  return 0.5 - 0.5 * Math.cos(((hour - 3) / 24) * 2 * Math.PI);
}

function outcomeOf(route: Route, incident: Incident | null, draw: Draw): { readonly status: number; readonly timeMs: number } {
  // Most answers lie near the middle, a few take several times as long.
  const spread = Math.exp((draw() + draw() + draw() - 1.5) * 1.1);
  const timeMs = route.usualMs * spread * (draw() < 0.02 ? 4 : 1);
  if (route.isStored && incident?.kind === 'slow-endpoint') return { status: draw() < 0.03 ? 504 : 200, timeMs: timeMs * 12 + 150 };
  if (route.isStored && incident?.kind === 'failures' && draw() < 0.45) return { status: draw() < 0.7 ? 500 : 503, timeMs: timeMs / 2 };
  const chance = draw();
  if (chance < 0.012) return { status: 404, timeMs: timeMs / 3 };
  if (route.method === 'POST' && chance < 0.03) return { status: route.usualMs === 110 ? 401 : 422, timeMs };
  if (chance > 0.998) return { status: 500, timeMs };
  if (route.method === 'GET' && chance > 0.93) return { status: 304, timeMs: timeMs / 4 };
  return { status: route.method === 'POST' && chance > 0.5 ? 201 : 200, timeMs };
}

function addIncident(incident: Incident, slotAtMs: number, draw: Draw, offset: number, access: string[], application: string[]): void {
  const { kind, client } = incident;
  if (kind === 'scanner') {
    for (let count = 0; count < 4; count += 1) {
      const route: Route = { method: 'GET', path: () => '', usualMs: 1, bytes: 153, isStored: false };
      const asked = { atMs: slotAtMs + count * 700, client, route, path: pick(draw, scannedPaths), status: 404, timeMs: 1 + draw() };
      access.push(accessLine(asked, draw, offset, 'Mozilla/5.0 zgrab/0.x'));
    }
  }
  if (kind === 'brute-force') {
    for (let count = 0; count < 3; count += 1) {
      const route: Route = { method: 'POST', path: () => '', usualMs: 110, bytes: 92, isStored: true };
      const asked = { atMs: slotAtMs + count * 900, client, route, path: '/api/login', status: 401, timeMs: 90 + draw() * 40 };
      access.push(accessLine(asked, draw, offset, 'python-requests/2.32.3'));
    }
    if (draw() < 0.3) application.push(`${stamp(slotAtMs)} WARN [shop.auth] ${number(draw, 40)} failed sign-ins for admin from ${client}`);
  }
  if (kind === 'slow-endpoint' && draw() < 0.5)
    application.push(
      `${stamp(slotAtMs)} WARN [shop.db] slow query on orders: ${1_200 + number(draw, 3_000)} ms, index orders_by_date is missing`,
    );
}

interface Asked {
  readonly atMs: number;
  readonly client: string;
  readonly route: Route;
  readonly path: string;
  readonly status: number;
  readonly timeMs: number;
}

function accessLine(asked: Asked, draw: Draw, offsetMinutes: number, agent: string = pickSkewed(draw, agents)): string {
  const { atMs, client, route, path, status, timeMs } = asked;
  const bytes = status === 304 ? 0 : status >= 400 ? 153 + Math.floor(draw() * 60) : Math.round(route.bytes * (0.6 + draw() * 0.8));
  const referrer = draw() < 0.4 ? 'https://shop.example/' : '-';
  const seconds = (Math.max(0.2, timeMs) / 1000).toFixed(3);
  return `${client} - - [${logTime(atMs, offsetMinutes)}] "${route.method} ${path} HTTP/1.1" ${status} ${bytes} "${referrer}" "${agent}" ${seconds}`;
}

/** Addresses that documentation may use (RFC 5737, RFC 3849). */
function clientOf(draw: Draw): string {
  const which = Math.floor(draw() ** 2 * 400);
  return which % 9 === 0 ? `2001:db8:${(which * 7).toString(16)}::${(which % 250).toString(16)}` : `203.0.113.${1 + (which % 250)}`;
}

/** "21/Nov/2026:19:04:05 +0900" */
function logTime(atMs: number, offsetMinutes: number): string {
  const local = new Date(atMs + offsetMinutes * 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const zone = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offsetMinutes) / 60))}${two(Math.abs(offsetMinutes) % 60)}`;
  const day = `${two(local.getUTCDate())}/${months[local.getUTCMonth()]}/${local.getUTCFullYear()}`;
  return `${day}:${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())} ${zone}`;
}

function stamp(atMs: number): string {
  return new Date(atMs).toISOString();
}
