import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { commandPath, nginxFolder } from '../../scripts/parts/prepare-machine.mjs';
import type { TestDockerEngine } from './docker-engine';
import { waitFor } from './wait-for';

const unpacked = join(nginxFolder, 'usr', 'sbin', 'nginx');
const program = commandPath('nginx') ?? (existsSync(unpacked) ? unpacked : null);

/** Null: it can be started here. */
export function whyNoNginx(): string | null {
  if (program === null) return 'nginx is not there (npm test fetches it as root on Debian; else apt-get install nginx)';
  const { status, stderr } = spawnSync(program, ['-v'], { encoding: 'utf8' });
  return status === 0 ? null : `nginx does not start: ${stderr}`;
}

/** Requests to a server on loopback. */
export interface Load {
  /** Answers of all of these, so many at a time. */
  get(paths: readonly string[]): Promise<void>;
  /** Bytes that are no HTTP. */
  send(bytes: string): Promise<void>;
  close(): void;
}

export interface TestNginx extends Omit<Load, 'close'> {
  readonly accessLog: string;
  /** As logrotate does it: renamed, then a new one is begun. */
  rotate(): Promise<void>;
  stop(): Promise<void>;
}

const atOnce = 8;

/** A real nginx on a free port of loopback, with all of its files in `folder`. */
export async function startNginx(folder: string): Promise<TestNginx> {
  if (program === null) throw new Error('nginx is not there');
  const port = await freePort();
  const accessLog = join(folder, 'access.log');
  writeConfig(folder, { folder, port, accessLog });
  const errorLog = join(folder, 'error.log');
  const child = spawn(program, ['-p', folder, '-e', errorLog, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const { close, ...load } = await loadOn(port);
  return {
    ...load,
    accessLog,
    async rotate() {
      renameSync(accessLog, `${accessLog}.1`);
      signal(child, 'SIGUSR1');
      await waitFor(() => existsSync(accessLog), { timeoutMs: 5_000, what: 'the new log' });
    },
    async stop() {
      close();
      signal(child, 'SIGQUIT');
      const late = setTimeout(() => signal(child, 'SIGKILL'), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** The same nginx in a container of its own image, in the network of this machine, which prints its log. Ended by removing it. */
export async function startNginxContainer(engine: TestDockerEngine, folder: string): Promise<Load & { readonly id: string }> {
  if (program === null) throw new Error('nginx is not there');
  const image = 'logscope-test:nginx';
  const root = join(folder, 'image');
  const libraries = [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(
    ([, path]) => path ?? '',
  );
  for (const [from, to] of [[program, '/usr/sbin/nginx'], ...libraries.map((path) => [path, path])] as const) {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    copyFileSync(from, join(root, to));
  }
  mkdirSync(join(root, 'etc'), { recursive: true });
  mkdirSync(join(root, 'tmp'));
  writeFileSync(join(root, 'etc', 'passwd'), 'root:x:0:0::/:/nowhere\nnobody:x:65534:65534::/:/nowhere\n');
  writeFileSync(join(root, 'etc', 'group'), 'root:x:0:\nnogroup:x:65534:\n');
  const port = await freePort();
  writeConfig(join(root, 'srv'), { folder: '/srv', port, accessLog: '/dev/stdout' });
  const archive = join(folder, 'image.tar');
  execFileSync('tar', ['-C', root, '-cf', archive, '.']);
  const imported = await engine.docker('import', archive, image);
  const words = ['/usr/sbin/nginx', '-p', '/srv', '-e', '/dev/stderr', '-c', '/srv/nginx.conf'];
  const started = await engine.docker('run', '-d', '--network', 'host', image, ...words);
  if (started.exitCode !== 0) throw new Error(`nginx in a container: ${imported.stderr}${started.stderr}`);
  return { ...(await loadOn(port)), id: started.stdout.trim() };
}

async function loadOn(port: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  await waitFor(() => isOpen(port), { timeoutMs: 10_000, what: 'nginx' });
  const getOne = (path: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'user-agent': `load/${path.length}` };
      request({ host: '127.0.0.1', port, path, agent, headers }, (response) => response.on('end', resolve).resume())
        .on('error', reject)
        .end();
    });
  return {
    async get(paths) {
      const waiting = [...paths];
      const work = async () => {
        for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) await getOne(path);
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    },
    async send(bytes) {
      const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
      socket.resume();
      await once(socket, 'close');
    },
    close: () => agent.destroy(),
  };
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(name);
}

interface Places {
  readonly folder: string;
  readonly port: number;
  readonly accessLog: string;
}

function writeConfig(into: string, { folder, port, accessLog }: Places): void {
  mkdirSync(join(into, 'www'), { recursive: true });
  writeFileSync(join(into, 'www', 'file.txt'), 'x'.repeat(12_345));
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/${name};`);
  const lines = [
    'daemon off;',
    'worker_processes 1;',
    process.getuid?.() === 0 ? 'user root root;' : '',
    `pid ${folder}/nginx.pid;`,
    'events { worker_connections 64; }',
    'http {',
    `  log_format timed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time';`,
    `  access_log ${accessLog} timed;`,
    '  keepalive_requests 100000;',
    ...places,
    '  server {',
    `    listen 127.0.0.1:${port};`,
    `    root ${folder}/www;`,
    '    location = / { return 200 "hello"; }',
    '    location /users/ { return 200 "somebody"; }',
    '    location /old { return 301 /; }',
    '    location /fail { return 500; }',
    '    location /private { return 403; }',
    '  }',
    '}',
    '',
  ];
  writeFileSync(join(into, 'nginx.conf'), lines.join('\n'));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
