import { type FormEvent, useState } from 'react';
import { type Policy, RequestError, type RoleAnswer } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import { useApp, useReadings, useWindowState } from '../../state/context';
import { printable } from '../../words/highlight';
import { useWords } from '../../words/use-words';
import { ThingLink } from '../ports/port-links';
import { type RoleBase, roleSentence, useRoleBase } from '../processes/role-base';
import styles from './programs.module.css';

interface ProgramAskProps {
  readonly policies: readonly Policy[];
  /** The name was counted: the list of what nothing explains may be another now. */
  readonly onAsked: () => void;
}

/** "Explain this program": a name is enough. Asking is counted, so a read-only door cannot. */
export function ProgramAsk({ policies, onAsked }: ProgramAskProps) {
  const { t, tOr } = useWords();
  const { client } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<RoleAnswer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (name.trim() === '' || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      setAnswer(await client.request('roles.ask', { name: name.trim() }));
      onAsked();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setAnswer(null);
      setProblem(tOr(`action.problem.${error.code}`, error.message));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Panel title={t('program.ask.title')} className={styles.ask}>
      <form className={styles.askForm} onSubmit={ask}>
        <input
          aria-label={t('program.ask.label')}
          placeholder={t('program.ask.example')}
          value={name}
          maxLength={128}
          spellCheck={false}
          disabled={!allowed}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" kind="primary" disabled={!allowed || busy || name.trim() === ''}>
          {t('program.ask.verb')}
        </Button>
      </form>
      {!allowed && <p className={styles.reason}>{t('program.ask.readOnly')}</p>}
      <div aria-live="polite">
        {problem !== null && <p className={styles.reason}>{problem}</p>}
        {answer !== null && <Answer answer={answer} policies={policies} />}
      </div>
    </Panel>
  );
}

const shownCount = 5;

function Answer({ answer, policies }: { readonly answer: RoleAnswer; readonly policies: readonly Policy[] }) {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const roles = useRoleBase();
  const { name, entries, processIds, askedCount } = answer;
  // A note written since then is shown as it is now.
  const notes = policies.filter((policy) => policy.name === name);
  const sentences = entries.map((id) => baseSentence(roles, words.language, id)).filter((one) => one !== '');
  const isKnown = entries.length > 0 || notes.length > 0;
  return (
    <div className={styles.answer}>
      <p className={styles.asked}>
        <strong>{printable(name)}</strong> <span className={styles.quiet}>{t('program.ask.count', { count: askedCount })}</span>
      </p>
      {notes.length > 0 && (
        <section>
          <h3>{t('program.ask.notes')}</h3>
          <ul>
            {notes.map(({ exe, role, note, verdict }) => (
              <li key={exe}>
                <Button kind="link" className={styles.note} onClick={() => ui.setState({ programTarget: { exe, name } })}>
                  {printable(role ?? (note !== '' ? note : exe))}
                </Button>
                {verdict !== null && <span className={styles.quiet}> {t(`program.verdict.${verdict}`)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {sentences.length > 0 && (
        <section>
          <h3>{t('program.ask.base')}</h3>
          <ul>
            {sentences.slice(0, shownCount).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      {processIds.length > 0 && <Running ids={processIds} roles={roles} told={sentences} />}
      {!isKnown && (
        <p className={styles.unknown}>
          {processIds.length === 0 && <span>{t('program.ask.unknown')}</span>}
          <RegisterButton name={name} processIds={processIds} />
        </p>
      )}
    </div>
  );
}

interface RunningProps {
  readonly ids: readonly string[];
  readonly roles: RoleBase | null;
  /** Sentences that stand there already. */
  readonly told: readonly string[];
}

function Running({ ids, roles, told }: RunningProps) {
  const words = useWords();
  const { t } = words;
  const [firstId] = ids;
  const listed = useReadings(({ processes }) => processes.lastOk?.data.processes ?? none);
  const running = listed.filter(({ id }) => ids.slice(0, shownCount).includes(id));
  const first = running.find(({ id }) => id === firstId);
  const sentence = first === undefined ? '' : roleSentence(words, first.role, roles);
  return (
    <section>
      <h3>
        {t('program.ask.running')} <span className={styles.quiet}>{ids.length}</span>
      </h3>
      {sentence !== '' && !told.includes(sentence) && <p>{printable(sentence)}</p>}
      <p className={styles.running}>
        {running.map(({ id, name, pid }) => (
          <ThingLink key={id} thing={{ kind: 'process', id }} name={name} quiet={String(pid)} />
        ))}
        {ids.length > shownCount && <span className={styles.quiet}>{t('program.ask.more', { count: ids.length - shownCount })}</span>}
      </p>
    </section>
  );
}

/** With the path of a running one of that name, where it can be seen. */
function RegisterButton({ name, processIds }: { readonly name: string; readonly processIds: readonly string[] }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const exe = useReadings(
    ({ processes }) => processes.lastOk?.data.processes.find((one) => processIds.includes(one.id) && one.exe !== null)?.exe ?? null,
  );
  return <Button onClick={() => ui.setState({ programTarget: { exe, name } })}>{t('program.ask.register')}</Button>;
}

function baseSentence(roles: RoleBase | null, language: 'en' | 'ko', id: string): string {
  return roles?.(id)?.[language] ?? '';
}

const none: readonly never[] = [];
