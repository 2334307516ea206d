import { memo } from 'react';
import { printable, splitAtKeyword } from '../words/highlight';
import styles from './log-line.module.css';

/** Longer lines are cut on screen; the log view tells by how much. */
export const shownLength = 4000;

/** A line from outside as plain text, its keyword marked. */
export const LogLine = memo(function LogLine({ text, keyword }: { readonly text: string; readonly keyword: string }) {
  let at = 0;
  return (
    <code className={styles.line}>
      {splitAtKeyword(printable(text.slice(0, shownLength)), keyword).map((part) => {
        const key = at;
        at += part.text.length;
        return part.hit ? <mark key={key}>{part.text}</mark> : part.text;
      })}
    </code>
  );
});
