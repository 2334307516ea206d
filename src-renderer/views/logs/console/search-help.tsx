import type { MessageKey } from '../../../../src-shared/messages/translate';
import { Button } from '../../../components/button';
import { useWords } from '../../../words/use-words';
import styles from '../../processes/drop-down.module.css';

/** Examples that work as they stand; a click adds one. */
const examples: readonly (readonly [example: string, meaning: MessageKey])[] = [
  ['timeout', 'logs.help.word'],
  ['"connection refused"', 'logs.help.phrase'],
  ['level:error+', 'logs.help.level'],
  ['source:api', 'logs.help.source'],
  ['kind:security', 'logs.help.kind'],
  ['-healthz', 'logs.help.not'],
  ['/5\\d\\d$/', 'logs.help.regex'],
];

/** What may be written into the search. */
export function SearchHelp({ query, onChange }: { readonly query: string; readonly onChange: (query: string) => void }) {
  const { t } = useWords();
  return (
    <>
      <dl className={styles.words}>
        {examples.map(([example, meaning]) => (
          <div key={example} className={styles.word}>
            <dt>
              <Button kind="link" onClick={() => onChange(`${query} ${example}`.trim())}>
                <code>{example}</code>
              </Button>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.quiet}>{t('logs.help.and')}</p>
    </>
  );
}
