import type { ServiceScope } from '../../../src-shared/snapshots/services';
import type { SpawnExit, SpawnLines } from '../../platform/spawn-lines';
import { type JournalLine, parseJournalLine } from './parse-journal';

export interface UnitJournal {
  /** Oldest first. */
  readonly lines: readonly JournalLine[];
  /** Why there are none, when that is not simply that nothing was written. */
  readonly unreadable: string | null;
}

const newestCount = 12;
/** A message of 1 MiB as byte values is 4 MiB of JSON. */
const maxJsonBytes = 6 * 1024 * 1024;
/** A journal of many gigabytes on a slow disk: the card does not wait for it. */
const patienceMs = 5_000;
const groupHint = 'Join the systemd-journal or adm group to read it.';

/** The newest lines of one unit, systemd's own about it included. */
export async function readUnitJournal(
  spawnLines: SpawnLines,
  { unit, scope }: { readonly unit: string; readonly scope: ServiceScope },
  signal: AbortSignal,
): Promise<UnitJournal> {
  const lines: JournalLine[] = [];
  let lostCount = 0;
  const patience = AbortSignal.timeout(patienceMs);
  const exit = await spawnLines(
    'journalctl',
    // Without --all a field over 4 KiB comes as null. The name stands behind "=": it cannot be taken for an option.
    [
      ...[scope === 'user' ? `--user-unit=${unit}` : `--unit=${unit}`, `--lines=${newestCount}`, '--output=json', '--no-pager', '--all'],
      '--output-fields=MESSAGE,PRIORITY',
    ],
    {
      signal: AbortSignal.any([signal, patience]),
      maxLineBytes: maxJsonBytes,
      onLine: (bytes, cutBytes) => {
        const line = cutBytes > 0 ? null : parseJournalLine(bytes.toString('utf8'));
        if (line === null) lostCount += 1;
        else lines.push(line);
      },
    },
  );
  signal.throwIfAborted();
  if (lines.length > 0) return { lines, unreadable: null };
  return { lines, unreadable: whyUnreadable(exit, patience.aborted, lostCount) };
}

function whyUnreadable({ kind, exitCode, errorText }: SpawnExit, outOfPatience: boolean, lostCount: number): string | null {
  if (kind === 'not-found') return 'There is no journalctl on this machine.';
  if (kind === 'not-permitted') return 'journalctl may not be run by this user.';
  if (outOfPatience) return `journalctl did not answer within ${patienceMs / 1_000} s.`;
  if (/insufficient permissions|not seeing messages from other users/.test(errorText))
    return `No permission to read the journal. ${groupHint}`;
  if (/No journal files were/.test(errorText)) return 'There are no journal files to read.';
  if (lostCount > 0) return `${lostCount} entries could not be read.`;
  if (exitCode === 0) return null;
  const said = errorText.trim().split('\n').at(-1) ?? '';
  return `journalctl ended with code ${exitCode ?? 'none'}${said === '' ? '.' : `: ${said}`}`;
}
