import type { LogKind, LogOrigin, LogRecord, LogSourceKind } from '../../src-shared/logs/log-record';
import type { LogLevel } from '../../src-shared/logs/parsed-line';
import { createRandom } from './sample-random';

/** One invented kind of line: how often it comes, how bad it is, and its text with `#` for numbers that differ. */
interface Said {
  readonly weight: number;
  readonly level: LogLevel | null;
  readonly text: string;
  readonly masked?: number;
}

interface Speaker {
  readonly origin: LogOrigin;
  readonly says: readonly Said[];
}

function origin(sourceKind: LogSourceKind, id: string, name: string, kind: LogKind = 'event'): LogOrigin {
  return { key: `${sourceKind}/${id}`, sourceKind, name, kind };
}

const say = (weight: number, level: LogLevel | null, text: string, masked?: number): Said => ({
  weight,
  level,
  text,
  ...(masked === undefined ? {} : { masked }),
});

const javaTrace = `java.lang.IllegalStateException: index shop-items is closed
    at org.search.index.IndexService.write(IndexService.java:214)
    at org.search.action.Bulk.execute(Bulk.java:88)
    at org.search.action.Bulk$1.run(Bulk.java:41)
    at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)
    at java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)
    at java.base/java.lang.Thread.run(Thread.java:833)
Caused by: java.nio.file.FileSystemException: /usr/share/search/data/nodes/0: No space left on device
    at java.base/sun.nio.fs.UnixException.translateToIOException(UnixException.java:100)
    at org.search.store.Directory.sync(Directory.java:52)
    ... 6 more`;

const nodeTrace = `TypeError: Cannot read properties of undefined (reading 'total')
    at renderCart (/app/src/cart/render.ts:48:23)
    at handle (/app/src/server/routes.ts:112:9)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`;

const long = `level=info msg="flags" ${Array.from({ length: 60 }, (_, index) => `feature_${index}=${index % 3 === 0}`).join(' ')}`;

/** Eight sources of a small shop. */
export const sampleSpeakers: readonly Speaker[] = [
  {
    origin: origin('container', 'a1'.repeat(32), 'api'),
    says: [
      say(30, 'info', '\u001b[32minfo\u001b[0m  \u001b[2mhttp\u001b[0m GET /cart/# 200 in \u001b[1m#\u001b[22m ms'),
      say(14, 'debug', '\u001b[36mdebug\u001b[0m \u001b[2mpool\u001b[0m client # released, # idle'),
      say(6, 'warning', '\u001b[33mwarn\u001b[0m  \u001b[2mpool\u001b[0m query took # ms: select * from items where id = $1'),
      say(5, 'error', '\u001b[31merror\u001b[0m \u001b[2mpool\u001b[0m connection refused to postgres:5432 (attempt #)'),
      say(2, 'info', 'auth: accepted token [masked:jwt:0a1b2c] from 10.0.0.# with key [masked:aws-key:77d0e4]', 2),
    ],
  },
  {
    origin: origin('container', 'b2'.repeat(32), 'web'),
    says: [
      say(20, 'info', 'rendered /cart for session # in # ms'),
      say(3, 'error', nodeTrace),
      say(2, null, 'search term: <script>alert("#")</script><img src=x onerror=alert(1)>'),
      say(2, 'warning', 'slow hydration: # components'),
    ],
  },
  {
    origin: origin('container', 'c3'.repeat(32), 'postgres'),
    says: [
      say(8, 'info', 'LOG:  checkpoint complete: wrote # buffers (0.3%)'),
      say(3, 'error', 'ERROR:  duplicate key value violates unique constraint "orders_pkey" (id=#)'),
      say(1, 'critical', 'FATAL:  could not open relation: error 28, no space left on device'),
    ],
  },
  {
    origin: origin('container', 'd4'.repeat(32), 'search'),
    says: [say(6, 'info', '[indexer] 문서 #건을 색인했습니다 (shop-items)'), say(2, 'error', javaTrace), say(1, 'info', long)],
  },
  {
    origin: origin('pod', 'default/worker-2', 'worker-2'),
    says: [
      say(8, 'info', '{"level":"info","job":#,"msg":"done","ms":#}'),
      say(3, 'error', '{"level":"error","job":#,"msg":"upstream closed","attempt":#}'),
      say(2, 'warning', '주문 #번 결제 승인이 지연되고 있습니다. 다시 시도합니다.'),
    ],
  },
  {
    origin: origin('journal', 'ssh.service', 'ssh.service', 'security'),
    says: [
      say(3, 'info', 'Accepted publickey for dev from 10.0.0.# port # ssh2'),
      say(2, 'warning', 'Failed password for invalid user admin from 203.0.113.# port # ssh2'),
      say(1, 'notice', 'evil \u001b[2J\u001b]0;pwned\u0007name \u202egnp.exe\u2066 bell\u0007'),
    ],
  },
  {
    origin: origin('file', '/var/log/nginx/access.log', '/var/log/nginx/access.log', 'access'),
    says: [
      say(16, null, '10.0.0.# - - "GET /items/# HTTP/1.1" 200 # "-" "Mozilla/5.0"'),
      say(3, null, '10.0.0.# - - "POST /login HTTP/1.1" 401 # "-" "curl/8.4"'),
    ],
  },
  {
    origin: origin('file', '/var/log/dpkg.log', '/var/log/dpkg.log', 'configuration'),
    says: [say(2, 'info', 'status installed libssl3:amd64 3.0.#-1'), say(1, 'info', 'upgrade nginx:amd64 1.22.#')],
  },
];

/** Endless invented lines, the same for the same seed. */
export function createSampleLines(seed: number) {
  const random = createRandom(seed);
  const all = sampleSpeakers.flatMap((speaker, at) =>
    speaker.says.map((said, index) => ({ speaker, said, pattern: `p${at}${index}c0ffe` })),
  );
  const total = all.reduce((sum, { said }) => sum + said.weight, 0);
  let nextId = 41_000;
  function pick(place: number): (typeof all)[number] {
    let left = place;
    for (const one of all) {
      left -= one.said.weight;
      if (left < 0) return one;
    }
    throw new Error('a place beyond all lines');
  }
  return (atMs: number): LogRecord => {
    const { speaker, said, pattern } = pick(random() * total);
    nextId += 1;
    return {
      id: nextId,
      atMs,
      origin: speaker.origin.key,
      level: said.level,
      text: said.text.replaceAll('#', () => String(Math.floor(random() * 900) + 1)),
      pattern: speaker.origin.kind === 'access' ? null : pattern,
      maskedCount: said.masked ?? 0,
      cutBytes: said.text === long ? 61_440 : 0,
    };
  };
}
