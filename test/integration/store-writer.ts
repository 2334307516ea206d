import { openHistoryKeeper } from '../../src-main/store/history-keeper';

/**
 * Bundled and run as a child process by store.test.ts, and killed there: writes batches of 50 samples without end and
 * says on standard output which batch is committed.
 */
const file = process.argv[2];
if (file === undefined) throw new Error('usage: store-writer <file>');
const keeper = openHistoryKeeper(file, { nowMs: () => 0, monotonicMs: () => 0 });
const start = Number(process.argv[3] ?? 0);

function writeForever(batch: number): void {
  const samples = Array.from({ length: 50 }, (_, row) => ({
    metric: 'host.cpu.busy' as const,
    subject: '',
    atMs: batch * 50 + row,
    value: batch,
  }));
  const problem = keeper.write({ samples, alerts: [], runs: [], records: [] });
  process.stdout.write(problem === null ? `${batch}\n` : `failed ${problem}\n`);
  setImmediate(writeForever, batch + 1);
}

process.stdout.write(`${keeper.opening.kind} ${keeper.opening.setAsideFile}\n`);
writeForever(start);
