import { baseName } from '../role/stands-in';
import { unwrap } from '../role/unwrap';
import type { KillSubject } from './kill-verdict';

/** How a parent brings a process back: at once, at the next change of a file, by a loop, or as one of its workers. */
export type WatcherKind = 'supervisor' | 'on-change' | 'loop' | 'worker';

const supervisors = new Set([
  ...['pm2', 'forever', 'supervisord', 'runsv', 's6-supervise', 'supervise', 'perpd', 'nosh', 'monit', 'circusd', 'god', 'immortal'],
  ...['overmind', 'autossh', 'mysqld_safe', 'mariadbd-safe', 'daemon', 'dinit', 'supervisor', 'pebble', 'bluepill', 'eye'],
]);
const onChange = new Set([
  ...['nodemon', 'tsx', 'ts-node-dev', 'tsnd', 'watchexec', 'entr', 'cargo-watch', 'air', 'reflex', 'CompileDaemon', 'fresh', 'gin'],
  ...['watchmedo', 'hupper', 'node-dev', 'rerun', 'guard', 'bacon', 'modd', 'wgo', 'onchange', 'chokidar', 'vite-node', 'jurigged'],
]);
/** Also watch when told so: their command line says. */
const watchWord = /(?:^|\s)(?:--watch|--hot|--reload|--continuous|watch|runserver|--debug)(?=[\s=]|$)/;
/** Keep a number of workers: nginx, PostgreSQL and the like. */
const masters =
  /^(?:nginx|openresty|apache2|httpd|php-fpm[\d.]*|postgres|postmaster|uwsgi|haproxy|dovecot|master|squid|varnishd|memcached|smbd|rsyslogd|pgbouncer|caddy)$/;
const masterPrograms = new Set([
  'gunicorn',
  'uvicorn',
  'hypercorn',
  'celery',
  'puma',
  'unicorn',
  'passenger',
  'flask',
  'daphne',
  'waitress-serve',
]);
const loop = /(?:^|[\s;])(?:while|until)\s[^\n]*?[;\n]\s*do\s/;
const interpreters = /^(?:node|nodejs|python[\d.]*|ruby[\d.]*|php[\d.]*)$/;

type Watching = Pick<KillSubject, 'name' | 'exe' | 'command' | 'kernelThread'>;

/** What this parent does when `child` (its direct child, wrappers in between left out) ends; null: nothing known. */
export function watcherKindOf(parent: Watching, child: Watching): { readonly kind: WatcherKind; readonly name: string } | null {
  const exeName = parent.exe === null ? parent.name : baseName(parent.exe);
  const said = programWord(parent);
  for (const name of [exeName, said]) {
    if (supervisors.has(name)) return { kind: 'supervisor', name };
    if (onChange.has(name)) return { kind: 'on-change', name };
  }
  if (isShell(exeName)) return loop.test(parent.command.slice(0, 4096)) ? { kind: 'loop', name: exeName } : null;
  const sameFile = parent.exe !== null && parent.exe === child.exe;
  if (sameFile && masters.test(exeName)) return { kind: 'worker', name: exeName };
  if (
    watchWord.test(parent.command.slice(0, 4096)) &&
    (interpreters.test(exeName) || said !== '' || /^(?:deno|bun|dotnet|cargo|go)$/.test(exeName))
  ) {
    return { kind: 'on-change', name: said === '' ? exeName : said };
  }
  if (!sameFile || !interpreters.test(exeName)) return null;
  if (masterPrograms.has(said)) return { kind: 'worker', name: said };
  return said !== '' && said === programWord(child) ? { kind: 'worker', name: said } : null;
}

/** Run one command and end with it: what stands above them is what watches. */
export function isWrapper(process: Watching): boolean {
  const exeName = process.exe === null ? process.name : baseName(process.exe);
  if (/^(?:npm|npx|yarn|pnpm|bunx)\b/.test(unwrap({ ...process, evidence: null })?.program ?? '')) return true;
  if (isShell(exeName)) return /(?:^|\s)-[a-z]*c(?=\s|$)/.test(process.command.slice(0, 200)) && !loop.test(process.command.slice(0, 4096));
  return /^(?:env|timeout|nohup|nice|ionice|setsid|stdbuf|sudo|doas|tini|dumb-init|docker-init|catatonit|xvfb-run|dbus-run-session)$/.test(
    exeName,
  );
}

function isShell(exeName: string): boolean {
  return /^(?:sh|bash|dash|ash|zsh|ksh|fish|busybox)$/.test(exeName);
}

/** First word of what an interpreter runs, in lower case where it is a title: "PM2 v5.3.0: God Daemon" -> pm2. */
function programWord(process: Watching): string {
  const unwrapped = unwrap({ ...process, evidence: null });
  if (unwrapped === null || (unwrapped.form !== 'program' && unwrapped.form !== 'part')) return '';
  const word = (unwrapped.program.split(/[\s:]/, 1)[0] ?? '').replace(/\.(?:[cm]?js|ts|py|rb|php)$/, '');
  return /^PM2$/.test(word) ? 'pm2' : word;
}
