import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { LocalPort } from '../../../src-shared/contract';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { Segments } from '../../components/segments';
import { SourceBody } from '../../components/source-body';
import { useApp, useWindowState } from '../../state/context';
import { type PolledAnswer, usePolledAnswer } from '../../state/use-polled-answer';
import { useWords } from '../../words/use-words';
import { PollProblem } from './poll-problem';
import { isChosen, type PortChoice, parsePortFilter } from './port-filter';
import { PortTable } from './port-table';
import styles from './ports.module.css';

const everyMs = 3_000;
const choices = ['all', 'open', 'web'] as const satisfies readonly PortChoice[];

/** Every listening port: who holds it, who can reach it, what answers there. Asked for while somebody looks. */
export function PortsView() {
  const { t } = useWords();
  const { client } = useWindowState();
  const [text, setText] = useState('');
  const [which, setWhich] = useState<PortChoice>('all');
  const applied = useDeferredValue(text);
  const ask = useCallback(() => client.request('ports.list', { pages: true }), [client]);
  const answer = usePolledAnswer(ask, everyMs);
  const ports = answer.data ?? none;
  return (
    <Panel
      title={t('port.title')}
      summary={answer.data === null ? undefined : t('port.count', { count: ports.length })}
      className={styles.panel}
      aside={
        <>
          <Segments
            label={t('port.which')}
            value={which}
            options={choices.map((one) => ({
              value: one,
              label: t(`port.which.${one}`),
              count: ports.filter((port) => isChosen(port, one)).length,
            }))}
            onChange={setWhich}
          />
          <FilterField label={t('port.filter')} example={t('port.filterExample')} value={text} onChange={setText} />
        </>
      }
    >
      <SourceBody source="processes">{() => <Body answer={answer} text={applied} which={which} />}</SourceBody>
    </Panel>
  );
}

interface BodyProps {
  readonly answer: PolledAnswer<readonly LocalPort[]>;
  readonly text: string;
  readonly which: PortChoice;
}

const Body = memo(
  function Body({ answer: { data, problem, reload }, text, which }: BodyProps) {
    const { t } = useWords();
    const shown = useMemo(() => {
      const matches = parsePortFilter(text);
      return (data ?? none).filter((port) => isChosen(port, which) && matches(port));
    }, [data, text, which]);
    const filtered = text.trim() !== '';
    return (
      <div className={styles.body}>
        {problem !== null && <PollProblem says={t('port.unread')} detail={problem} onRetry={reload} />}
        {data === null && problem === null && (
          <p className={styles.still} role="status">
            {t('port.asking')}
          </p>
        )}
        {data !== null && (
          <PortTable
            ports={shown}
            wish={`${which} ${text}`}
            empty={t(filtered ? 'filter.nothing' : which === 'all' ? 'port.none' : `port.none.${which}`)}
          />
        )}
        {data !== null && <Foot all={data} shownCount={shown.length} />}
      </div>
    );
  },
  (before, next) =>
    before.answer.data === next.answer.data &&
    before.answer.problem === next.answer.problem &&
    before.text === next.text &&
    before.which === next.which,
);

/** How many are listed, and what these rights do not see. */
function Foot({ all, shownCount }: { readonly all: readonly LocalPort[]; readonly shownCount: number }) {
  const { t } = useWords();
  const remedy = useApp((app) => (app.info?.platform === 'linux' ? 'process.hidden.remedy' : 'process.hidden.remedyElsewhere'));
  const hiddenCount = all.filter(({ process, container }) => process === null && container === null).length;
  const hidden = hiddenCount === 0 ? '' : `${t('port.hidden', { count: hiddenCount })} ${t(remedy)}`;
  return (
    <footer className={styles.foot}>
      <span role="status">
        {shownCount === all.length ? t('port.count', { count: all.length }) : t('port.countOf', { shown: shownCount, all: all.length })}
      </span>
      {hidden !== '' && <span title={hidden}>{hidden}</span>}
    </footer>
  );
}

const none: readonly LocalPort[] = [];
