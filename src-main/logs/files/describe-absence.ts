import type { LogFileAbsence } from '../../platform/log-file';
import { readGroupName } from '../../platform/log-files-found';

/** Why a file is not read, as a sentence; `etc`: where `group` is, to name who may read it. */
export function describeAbsence(absence: LogFileAbsence, etc: string): string {
  switch (absence.kind) {
    case 'absent':
      return 'The file is not there.';
    case 'refused':
      return absence.reason;
    case 'exhausted':
      return 'Too many files are open in this process; it is tried again.';
    case 'denied':
      return absence.groupId === null
        ? 'No permission to read it, and no group is allowed to.'
        : `No permission to read it. The group ${readGroupName(etc, absence.groupId)} may.`;
  }
}
