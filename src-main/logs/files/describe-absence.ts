import { sayAbsence } from '../../../src-shared/messages/say-absence';
import type { Sentence } from '../../../src-shared/sentence';
import type { LogFileAbsence } from '../../platform/log-file';
import { readGroupName } from '../../platform/log-files-found';

/** Why a file is not read, as a sentence; `etc`: where `group` is, to name who may read it. */
export function describeAbsence(absence: LogFileAbsence, etc: string): Sentence {
  switch (absence.kind) {
    case 'absent':
      return sayAbsence('logSource.why.absent');
    case 'refused':
      return { text: absence.reason, key: absence.key };
    case 'exhausted':
      return sayAbsence('logSource.why.exhausted');
    case 'denied':
      return absence.groupId === null
        ? sayAbsence('logSource.why.noPermission')
        : sayAbsence('logSource.why.noPermissionGroup', { group: readGroupName(etc, absence.groupId) });
  }
}
