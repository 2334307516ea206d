import { sayAbsence } from '../../../src-shared/messages/say-absence';
import type { Sentence } from '../../../src-shared/sentence';
import type { LogFileAbsence } from '../../platform/log-file';
import { readGroupName } from '../../platform/log-files-found';

/** Why a file is not read; `remedy`: what helps, null where nothing is to be advised. */
export interface DescribedAbsence {
  readonly why: Sentence;
  readonly remedy: Sentence | null;
}

/** In sentences; `etc`: where `group` is, to name who may read it. */
export function describeAbsence(absence: LogFileAbsence, etc: string): DescribedAbsence {
  switch (absence.kind) {
    case 'absent':
      return { why: sayAbsence('logSource.why.absent'), remedy: null };
    case 'refused':
      return { why: { text: absence.reason, key: absence.key }, remedy: null };
    case 'exhausted':
      return { why: sayAbsence('logSource.why.exhausted'), remedy: null };
    case 'denied': {
      if (absence.groupId === null) return { why: sayAbsence('logSource.why.noPermission'), remedy: null };
      const group = readGroupName(etc, absence.groupId);
      // Nobody should join the group of root for a log.
      const remedy = absence.groupId === 0 ? null : sayAbsence('logSource.remedy.joinGroup', { group });
      return { why: sayAbsence('logSource.why.noPermissionGroup', { group }), remedy };
    }
  }
}
