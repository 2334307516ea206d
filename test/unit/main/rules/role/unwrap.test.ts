import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../../../src-main/rules/role/unwrap';
import { aProcess } from './sample-process';

/** Executable, command line with its words parted by blanks, and what it is: `form program`, or null. */
type Case = readonly [exe: string, command: string, expected: string | null];

function told(exe: string | null, command: string, argumentList: readonly string[] | null = null): string | null {
  const process = aProcess({ exe, command, name: exe?.split('/').at(-1) ?? 'x' });
  const evidence = argumentList === null ? null : { argumentList };
  const found = unwrap({ ...process, evidence: evidence as typeof process.evidence });
  return found === null ? null : `${found.form} ${found.program}`.trim();
}

const node: readonly Case[] = [
  ['/usr/bin/node', 'node worker-pool.js', 'program worker-pool.js'],
  ['/usr/bin/node', 'node /home/dev/shop/server.js --port 3000', 'program shop/server.js'],
  ['/usr/bin/node', 'node /home/dev/shop/dist/index.js', 'program shop/dist/index.js'],
  ['/usr/bin/node', 'node -r ts-node/register --inspect=9229 src/main.ts', 'program src/main.ts'],
  ['/usr/bin/node', 'node --max-old-space-size=4096 /a/node_modules/.bin/vite build', 'program vite build'],
  ['/usr/bin/node', 'node /a/node_modules/vite/bin/vite.js --host', 'program vite'],
  ['/usr/bin/node', '/usr/bin/node /a/node_modules/typescript/lib/tsserver.js --stdio', 'program typescript tsserver'],
  [
    '/usr/bin/node',
    'node /a/node_modules/@vue/language-server/bin/vue-language-server.js',
    'program @vue/language-server vue-language-server',
  ],
  ['/usr/bin/node', 'npm run dev', 'program npm run dev'],
  ['/usr/bin/node', 'npm exec vitest run', 'program npm exec vitest'],
  ['/usr/bin/node', 'node /usr/bin/npx playwright test', 'program npx playwright test'],
  ['/usr/bin/node', 'node /usr/lib/node_modules/npm/bin/npm-cli.js run start --token=abc', 'program npm run start'],
  ['/usr/bin/node', 'node /usr/bin/yarn dev', 'program yarn dev'],
  ['/usr/bin/node', 'node -e setInterval(()=>{},1e6)', 'inline'],
  ['/usr/bin/node', 'node', null],
  ['/usr/bin/node', 'node -', null],
  ['/usr/bin/node', 'next-server (v14.1.0)', 'program next-server (v14.1.0)'],
  ['/usr/bin/node', 'PM2 v5.3.0: God Daemon (/root/.pm2)', 'program PM2 v5.3.0: God'],
  ['/usr/bin/deno', 'deno run --allow-net main.ts', 'program main.ts'],
  ['/usr/bin/deno', 'deno task dev', 'program deno task dev'],
  ['/usr/bin/deno', 'deno eval 1+1', 'inline'],
  ['/home/dev/.bun/bin/bun', 'bun run dev', 'program dev'],
  ['/home/dev/.bun/bin/bun', 'bun src/app.ts', 'program src/app.ts'],
];

const python: readonly Case[] = [
  ['/usr/bin/python3.11', 'python3 -m http.server 8000', 'program http.server'],
  ['/usr/bin/python3.11', 'python3 -um pytest -x', 'program pytest'],
  ['/usr/bin/python3.11', 'python3 -X dev -W error -m uvicorn shop.main:app --reload', 'program uvicorn shop.main:app'],
  ['/usr/bin/python3.11', '/srv/venv/bin/python /srv/venv/bin/gunicorn -w 4 shop:app', 'program gunicorn shop:app'],
  ['/usr/bin/python3.11', 'python3 /srv/shop/manage.py runserver', 'program shop/manage.py'],
  ['/usr/bin/python3.11', '/usr/bin/python3 -Es /usr/sbin/tuned -l -P', 'program tuned'],
  ['/usr/bin/python3.11', 'python3 -c print(1)', 'inline'],
  ['/usr/bin/python3.11', 'python3 -uc print(1)', 'inline'],
  ['/usr/bin/python3.11', 'python3 /dev/fd/3', 'inline'],
  ['/usr/bin/python3.11', 'python3', null],
  ['/usr/bin/python3.11', 'gunicorn: master [shop]', 'program gunicorn: master [shop]'],
  ['/usr/bin/pypy3', 'pypy3 job.py', 'program job.py'],
];

const others: readonly Case[] = [
  ['/usr/lib/jvm/java-17/bin/java', 'java -Xmx2g -jar /opt/shop/shop-1.2.jar --server.port=8080', 'program shop-1.2.jar'],
  ['/usr/lib/jvm/java-17/bin/java', 'java -cp /a.jar:/b.jar org.apache.kafka.Kafka server.properties', 'program org.apache.kafka.Kafka'],
  ['/usr/lib/jvm/java-17/bin/java', 'java -p mods -m shop/com.example.Main', 'program shop/com.example.Main'],
  ['/usr/lib/jvm/java-17/bin/java', 'java -version', null],
  ['/usr/bin/dotnet', 'dotnet /app/Shop.dll', 'program Shop.dll'],
  ['/usr/bin/dotnet', 'dotnet watch run', 'program dotnet watch'],
  ['/usr/bin/ruby3.1', 'ruby /app/bin/rails server', 'program rails'],
  ['/usr/bin/ruby3.1', 'ruby -e sleep', 'inline'],
  ['/usr/bin/perl', '/usr/bin/perl -w /usr/sbin/logwatch', 'program logwatch'],
  ['/usr/bin/perl', 'perl -ne print', 'inline'],
  ['/usr/bin/php8.2', 'php artisan serve', 'program artisan'],
  ['/usr/bin/php8.2', 'php -r echo', 'inline'],
  ['/usr/bin/lua5.4', 'lua job.lua', 'program job.lua'],
];

const shells: readonly Case[] = [
  ['/usr/bin/dash', "sh -c 'vitest' run --project unit", 'program vitest'],
  ['/usr/bin/bash', 'bash -lc cd /srv/app && exec npm run start', 'program npm run start'],
  ['/usr/bin/bash', 'bash -c PGPASSWORD=hunter2 pg_dump shop', 'program pg_dump'],
  ['/usr/bin/bash', 'bash -c curl -H "Authorization: Bearer abc" https://x', 'program curl'],
  ['/usr/bin/dash', 'sh -c n=0; while :; do sleep 1; done', 'inline'],
  ['/usr/bin/bash', 'bash /opt/backup/run.sh', 'program backup/run.sh'],
  ['/usr/bin/bash', '/bin/bash -e /usr/local/bin/deploy', 'program deploy'],
  ['/usr/bin/bash', '-bash', null],
  ['/usr/bin/bash', 'bash', null],
  ['/usr/bin/bash', 'bash -i', null],
  ['/usr/bin/bash', 'bash /dev/fd/3', 'inline'],
  ['/usr/bin/zsh', 'zsh -c docker compose up', 'program docker compose'],
  ['/bin/busybox', 'sh -c nginx -g "daemon off;"', 'program nginx'],
  ['/bin/busybox', 'crond -f -l 8', 'program crond'],
  ['/bin/busybox', 'busybox httpd -f', 'program httpd'],
];

const titles: readonly Case[] = [
  ['/usr/lib/postgresql/15/bin/postgres', 'postgres: 15/main: checkpointer ', 'part checkpointer'],
  ['/usr/lib/postgresql/15/bin/postgres', 'postgres: autovacuum launcher', 'part autovacuum launcher'],
  ['/usr/lib/postgresql/15/bin/postgres', 'postgres: shop orders 127.0.0.1(51122) idle', 'session shop (orders)'],
  ['/usr/sbin/nginx', 'nginx: worker process', 'part worker process'],
  ['/usr/sbin/nginx', 'nginx: master process /usr/sbin/nginx -g daemon on;', 'part master process'],
  ['/usr/sbin/php-fpm8.2', 'php-fpm: pool www', 'part pool www'],
  ['/usr/sbin/sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', 'part listener'],
  ['/usr/sbin/sshd', 'sshd: dev@pts/0', 'session dev'],
  ['/usr/lib/openssh/sshd-session', 'sshd: dev [priv]', 'session dev'],
  ['/usr/sbin/sshd', 'sshd: [accepted]', 'part connection'],
  ['/usr/lib/systemd/systemd', '(sd-pam)', 'part sd-pam'],
  ['/usr/lib/chromium/chromium', '/usr/lib/chromium/chromium --type=renderer --lang=en', 'part renderer'],
  ['/opt/Slack/slack', '/opt/Slack/slack --type=utility --utility-sub-type=network.mojom.NetworkService', 'part utility NetworkService'],
  ['/usr/lib/firefox/firefox-bin', '/usr/lib/firefox/firefox-bin -contentproc -childID 1 {a-b} 1234 tab', 'part tab'],
  ['/usr/bin/containerd-shim-runc-v2', `containerd-shim-runc-v2 -namespace moby -id ${'ab12'.repeat(16)} -address x`, 'shim ab12ab12ab12'],
  ['/usr/bin/sudo', 'sudo -u postgres psql shop', 'program psql'],
  ['/usr/bin/timeout', 'timeout -k 5 300 npx vitest', 'program npx'],
  ['/usr/bin/env', 'env A=1 B=2 ./build.sh', 'program build.sh'],
  ['/sbin/docker-init', '/sbin/docker-init -- /entrypoint.sh', 'program entrypoint.sh'],
];

/** A title is believed only of the file it names; nothing here may throw, be long or carry what cannot be seen. */
const hostile: readonly Case[] = [
  ['/tmp/x', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', null],
  ['/tmp/x', 'nginx: worker process', null],
  ['/tmp/x', 'node server.js', null],
  ['/tmp/nginx-evil', 'nginx: worker process', null],
  ['/usr/bin/node', 'node \u202egnp.exe\u0007\u001b[2J.js', 'program gnp.exe [2J.js'],
  ['/usr/bin/bash', 'bash -c $(rm -rf /)', 'inline'],
  ['/usr/bin/bash', 'bash -c `id`', 'inline'],
  ['/usr/bin/bash', 'bash -c <script>alert(1)</script>', 'inline'],
  ['/usr/bin/bash', 'bash -c', 'inline'],
  ['/usr/bin/python3', 'python3 -m', null],
  ['/usr/bin/node', 'node --', null],
  ['/usr/bin/java', 'java -jar', null],
  ['/usr/sbin/nginx', 'nginx: ', null],
  ['/usr/bin/sudo', 'sudo', null],
  ['/usr/bin/containerd-shim', 'containerd-shim -id ../../etc/passwd', null],
  ['/usr/bin/constructor', 'constructor __proto__', null],
  ['/usr/bin/__proto__', '__proto__ x', null],
  ['/usr/bin/bash', '', null],
];

const all = { node, python, others, shells, titles, hostile };

test('the table is as long as promised', () => {
  expect(Object.values(all).flat().length).toBeGreaterThanOrEqual(80);
});

for (const [topic, cases] of Object.entries(all)) {
  describe(topic, () => {
    test.each(cases)('%s: %s', (exe, command, expected) => {
      expect(told(exe, command)).toBe(expected);
    });
  });
}

test('with the argument list a path may hold a blank', () => {
  expect(told('/usr/bin/node', 'node /home/dev/my shop/server.js', ['node', '/home/dev/my shop/server.js'])).toBe(
    'program my shop/server.js',
  );
});

test('a kernel thread runs nothing', () => {
  expect(unwrap(aProcess({ exe: '/usr/bin/node', command: 'node x.js', kernelThread: true }))).toBeNull();
});

test('whatever the command line holds: no throw, one short plain line, in no time', () => {
  const exes = [
    '/usr/bin/node',
    '/usr/bin/bash',
    '/usr/bin/python3',
    '/usr/bin/java',
    '/bin/busybox',
    '/usr/sbin/nginx',
    '/usr/bin/env',
    '/usr/bin/postgres',
  ];
  const pieces = [
    '-',
    '--',
    '-c',
    '-e',
    '-m',
    '=',
    ' ',
    '\u0000',
    '\n',
    '\u202e',
    "'",
    '"',
    '$(',
    'a'.repeat(5000),
    '../',
    '{{x}}',
    'x: ',
    '-jar',
    '한글',
    '\ud800',
    '/',
    '\\',
    '(',
    ')',
  ];
  let seed = 7;
  const next = (count: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % count;
  };
  const started = performance.now();
  for (let round = 0; round < 2000; round += 1) {
    const exe = exes[next(exes.length)] ?? '';
    const command = Array.from({ length: next(12) }, () => pieces[next(pieces.length)]).join(next(2) === 0 ? ' ' : '');
    const found = unwrap(aProcess({ exe, name: 'x', command }));
    if (found === null) continue;
    expect(found.program.length).toBeLessThanOrEqual(80);
    expect(found.program).not.toMatch(/[\p{Cc}\p{Cf}\n]/u);
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
