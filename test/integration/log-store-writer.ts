import { openLogStore } from '../../src-main/store/logs/open-log-store';
import type { SealStep } from '../../src-main/store/logs/segment-keeper';

/**
 * Bundled and run as a child process by log-store-crash.test.ts, and killed there: appends numbered entries without end, the number as
 * their time and as the position, and says on standard output up to which one is kept. With a step, it kills itself there.
 */
const [, , directory, firstNumber = '1', step = ''] = process.argv;
if (directory === undefined) throw new Error('usage: log-store-writer <directory> [first number] [step of sealing]');
const store = openLogStore({
  directory,
  searchThreadUrl: null,
  nowMs: () => 0,
  segmentBytes: 48 * 1024,
  onSealStep(reached: SealStep) {
    if (reached === step) process.kill(process.pid, 'SIGKILL');
  },
});
store.describe({ key: 'file//a.log', sourceKind: 'file', name: '/a.log', kind: 'event' });
let state = Number(firstNumber);

function writeForever(next: number): void {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  const count = 1 + (state % 60);
  const records = Array.from({ length: count }, (_, at) => ({
    atMs: next + at,
    origin: 'file//a.log',
    level: null,
    text: `entry ${next + at} ${'x'.repeat(state % 90)} 한글`,
    pattern: null,
    maskedCount: 0,
    cutBytes: 0,
  }));
  const outcome = store.append({ records, positions: [['file//a.log', String(next + count - 1)]] });
  process.stdout.write(outcome.kind === 'kept' ? `${next + count - 1}\n` : `${outcome.kind} ${outcome.detail}\n`);
  setImmediate(writeForever, next + count);
}

process.stdout.write(`opened ${store.storage().kind} ${store.storage().detail}\n`);
writeForever(Number(firstNumber));
