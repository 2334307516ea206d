import type { Finding } from '../../src-shared/judgement';
import type { Unavailable } from '../../src-shared/reading';
import type { SourceId } from '../../src-shared/snapshots';
import { reason } from './reason';

/**
 * A source that never was there is calm; one that was there and went away is worth a word.
 * `hadData`: it gave data since LogScope started.
 */
export function judgeAbsence(source: SourceId, outcome: Unavailable, hadData: boolean): readonly Finding[] {
  if (source !== 'containers' || !hadData) return [];
  return [
    {
      key: 'containers/engine',
      source,
      subject: '',
      level: 'warning',
      reason: reason('engine-stopped', { detail: outcome.detail }),
      holdMs: 0,
      place: { section: 'containers' },
      sinceMs: null,
    },
  ];
}
