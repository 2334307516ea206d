import type { MessageKey } from '../../../src-shared/messages/translate';
import { Button } from '../../components/button';
import { useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import styles from './drop-down.module.css';

/** Examples that work as they stand; a click adds one. */
const examples: readonly (readonly [example: string, meaning: MessageKey])[] = [
  ['user:root', 'process.filter.word.user'],
  ['port:3000', 'process.filter.word.port'],
  ['risk>40', 'process.filter.word.risk'],
  ['cpu>50', 'process.filter.word.cpu'],
  ['mem>1G', 'process.filter.word.mem'],
  ['name:node', 'process.filter.word.name'],
  ['role:database', 'process.filter.word.role'],
  ['unit:nginx', 'process.filter.word.unit'],
  ['container:web', 'process.filter.word.container'],
  ['project:shop', 'process.filter.word.project'],
  ['terminal:pts/3', 'process.filter.word.terminal'],
  ['path:/tmp', 'process.filter.word.path'],
  ['state:Z', 'process.filter.word.state'],
  ['class:K4', 'process.filter.word.class'],
  ['"free text"', 'process.filter.word.text'],
  ['-user:root', 'process.filter.word.not'],
];

/** What may be written into the filter. */
export function FilterHelp() {
  const { t } = useWords();
  const { ui } = useWindowState();
  const add = (example: string) => {
    const before = ui.getState().processFilter.trim();
    ui.setState({ processFilter: before === '' ? example : `${before} ${example}` });
  };
  return (
    <>
      <dl className={styles.words}>
        {examples.map(([example, meaning]) => (
          <div key={example} className={styles.word}>
            <dt>
              <Button kind="link" onClick={() => add(example)}>
                <code>{example}</code>
              </Button>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.quiet}>{t('process.filter.and')}</p>
    </>
  );
}
