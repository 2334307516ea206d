import type { ComesBack } from '../../src-shared/contract';
import type { Process } from '../../src-shared/snapshots';

const stretch = 50;

/** What would be started again, by process id. Each question walks the whole list: other work of the thread has its turn in between. */
export async function listComesBack(
  processes: readonly Process[],
  comesBackOf: (process: Process) => ComesBack | null,
): Promise<Readonly<Record<string, ComesBack>>> {
  const found: Record<string, ComesBack> = {};
  for (const [index, process] of processes.entries()) {
    const comesBack = comesBackOf(process);
    if (comesBack !== null) found[process.id] = comesBack;
    if (index % stretch === stretch - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}
