import { Plus } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Policy } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { FilterField } from '../../components/filter-field';
import { LevelShape } from '../../components/level-shape';
import { Panel } from '../../components/panel';
import { walkRows } from '../../components/row-walk';
import { VirtualRows } from '../../components/virtual-rows';
import { useApp, useUi, useWindowState } from '../../state/context';
import { usePolledAnswer } from '../../state/use-polled-answer';
import { useWords, type Words } from '../../words/use-words';
import { PollProblem } from '../ports/poll-problem';
import { OpenRoles } from './open-roles';
import { ProgramAsk } from './program-ask';
import { ProgramDialog } from './program-dialog';
import { ProgramFiles } from './program-files';
import { ProgramRow } from './program-row';
import styles from './programs.module.css';

/** What this list shows is changed by people, here or at another window. */
const everyMs = 15_000;
const rowHeight = 66;

/** What people said of programs, asking what one is, and what nothing explains yet. */
export function ProgramsView() {
  const { t } = useWords();
  const { client, ui } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const target = useUi((state) => state.programTarget);
  const [text, setText] = useState('');
  const applied = useDeferredValue(text);
  const [said, setSaid] = useState<{ readonly level: 'ok' | 'warning'; readonly text: string } | null>(null);
  const askPolicies = useCallback(() => client.request('policies.list', null), [client]);
  const askOpen = useCallback(() => client.request('roles.open', null), [client]);
  const policies = usePolledAnswer(askPolicies, everyMs);
  const open = usePolledAnswer(askOpen, everyMs);
  const onChanged = useCallback(() => {
    policies.reload();
    open.reload();
  }, [policies.reload, open.reload]);
  const known = policies.data ?? none;
  return (
    <div className={styles.view}>
      <Panel
        title={t('program.title')}
        summary={known.length === 0 ? '' : String(known.length)}
        className={styles.known}
        aside={
          <>
            <FilterField label={t('program.filter')} value={text} onChange={setText} />
            <ProgramFiles policies={known} onSaid={setSaid} onTaken={onChanged} />
            {allowed && (
              <Button className={styles.tool} onClick={() => ui.setState({ programTarget: { exe: null, name: '' } })}>
                <Plus size={13} aria-hidden="true" /> {t('program.new')}
              </Button>
            )}
          </>
        }
      >
        {!allowed && <p className={styles.reason}>{t('program.readOnly')}</p>}
        <div aria-live="polite">
          {said !== null && (
            <p className={styles.said} data-level={said.level}>
              <LevelShape level={said.level} /> <span>{said.text}</span>
              <Button kind="link" onClick={() => setSaid(null)}>
                {t('action.dismiss')}
              </Button>
            </p>
          )}
        </div>
        {policies.problem !== null && <PollProblem says={t('program.unread')} detail={policies.problem} onRetry={policies.reload} />}
        {policies.data === null && policies.problem === null && (
          <p className={styles.still} role="status">
            {t('program.asking')}
          </p>
        )}
        {policies.data !== null && <ProgramList policies={policies.data} text={applied} />}
      </Panel>
      <div className={styles.side}>
        <ProgramAsk policies={known} onAsked={open.reload} />
        <OpenRoles answer={open} />
      </div>
      {target !== null && policies.data !== null && (
        <ProgramDialog
          target={target}
          policy={known.find(({ exe }) => exe === target.exe) ?? null}
          onChanged={onChanged}
          onClose={() => ui.setState({ programTarget: null })}
        />
      )}
    </div>
  );
}

const ProgramList = memo(function ProgramList({ policies, text }: { readonly policies: readonly Policy[]; readonly text: string }) {
  const words = useWords();
  const { t } = words;
  const shown = useMemo(() => policies.filter((policy) => matchesProgram(words, policy, text)), [policies, text, words]);
  const keys = useMemo(() => shown.map(({ exe }) => exe), [shown]);
  if (shown.length === 0) return <p className={styles.empty}>{t(policies.length === 0 ? 'program.none' : 'filter.nothing')}</p>;
  return (
    <div className={styles.list} role="table" aria-label={t('program.title')} aria-rowcount={shown.length} onKeyDown={walkRows}>
      <VirtualRows
        keys={keys}
        rowHeight={rowHeight}
        renderRow={(index, place) => {
          const policy = shown[index];
          return policy === undefined ? null : <ProgramRow key={policy.exe} policy={policy} place={place} rowIndex={index + 1} />;
        }}
      />
    </div>
  );
});

/** All words have to stand somewhere in the entry, in whatever order. */
export function matchesProgram(words: Words, policy: Policy, text: string): boolean {
  const verdict = policy.verdict === null ? '' : words.t(`program.verdict.${policy.verdict}`);
  const category = policy.category === null ? '' : words.tOr(`role.category.${policy.category}`, policy.category);
  const all = [policy.name, policy.exe, policy.role, policy.note, policy.author, verdict, policy.verdict, category]
    .join('\n')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((one) => all.includes(one));
}

const none: readonly Policy[] = [];
