import { memo } from 'react';
import { useStore } from 'zustand';
import { durationParts, unknownText } from '../../../src-shared/format';
import { useWindowState } from '../../state/context';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';

/** How long ago, in its largest unit: "2 h". Drawn again only when that changes. */
export const Since = memo(function Since({ atMs }: { readonly atMs: number | null }) {
  const words = useWords();
  const text = useStore(useWindowState().clock, ({ nowMs }) => {
    const first = atMs === null ? undefined : durationParts(Math.max(0, (nowMs - atMs) / 1000))[0];
    return first === undefined ? unknownText : words.t(`unit.${first.unit}`, { amount: first.amount });
  });
  if (atMs === null) return <span title={words.t('unknown.notReadable')}>{text}</span>;
  return <time title={formatDay(words.language, atMs)}>{text}</time>;
});
