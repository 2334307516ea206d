import { useEffect, useState } from 'react';
import {
  RequestError,
  type TrafficFilter,
  type TrafficPrompt,
  type TrafficPromptKind,
  type TrafficSources,
} from '../../../../src-shared/contract';
import { formatBytes } from '../../../../src-shared/format';
import { CopyButton } from '../../../components/copy-button';
import { Modal } from '../../../components/modal';
import { Segments } from '../../../components/segments';
import { useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { AskModel } from './ask-model';
import styles from './prompt-dialog.module.css';

const kinds = ['summary', 'anomalies', 'dashboard'] as const satisfies readonly TrafficPromptKind[];

interface PromptDialogProps {
  readonly session: string;
  readonly filter: TrafficFilter;
  readonly onClose: () => void;
}

/** Three questions for a language model, filled with the figures: exactly what would leave the machine, before it does. */
export function PromptDialog({ session, filter, onClose }: PromptDialogProps) {
  const { t } = useWords();
  const [kind, setKind] = useState<TrafficPromptKind>('summary');
  return (
    <Modal title={t('traffic.prompts')} wide onClose={onClose}>
      <div className={styles.body}>
        <Segments
          label={t('traffic.promptsWhich')}
          value={kind}
          options={kinds.map((one) => ({ value: one, label: t(`traffic.prompt.${one}`) }))}
          onChange={setKind}
        />
        <p className={styles.quiet}>{t(`traffic.promptWhat.${kind}`)}</p>
        <Prompt key={kind} session={session} filter={filter} kind={kind} />
      </div>
    </Modal>
  );
}

interface PromptProps {
  readonly session: string;
  readonly filter: TrafficFilter;
  readonly kind: TrafficPromptKind;
}

function Prompt({ session, filter, kind }: PromptProps) {
  const { t } = useWords();
  const { client } = useWindowState();
  const [round, setRound] = useState(0);
  const [prompt, setPrompt] = useState<TrafficPrompt | null>(null);
  const [model, setModel] = useState<TrafficSources['model']>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // The prompt of the moment it was asked for: what changes on screen meanwhile does not change the text under the person's eyes.
  const [asked] = useState({ session, filter });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again for a text that was kept too long
  useEffect(() => {
    let left = false;
    Promise.all([client.request('traffic.prompt', { ...asked, prompt: kind }), client.request('traffic.sources', null)])
      .then(([text, sources]) => {
        if (left) return;
        setPrompt(text);
        setModel(sources.model);
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (!left) setProblem(error.message);
      });
    return () => {
      left = true;
    };
  }, [client, asked, kind, round]);
  if (problem !== null)
    return (
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    );
  return (
    <>
      <textarea className={styles.text} readOnly aria-label={t('traffic.promptText')} value={prompt?.text ?? t('traffic.promptMaking')} />
      <div className={styles.foot}>
        <p className={styles.quiet} role="status">
          {prompt === null
            ? ''
            : `${formatBytes(prompt.sizeBytes)} · ${t(prompt.maskedCount === 0 ? 'traffic.maskedNone' : 'traffic.masked', { count: prompt.maskedCount })}`}
        </p>
        {prompt !== null && <CopyButton text={prompt.text} label={t('traffic.promptCopy')} />}
      </div>
      {prompt !== null && <AskModel key={prompt.id} prompt={prompt} model={model} onExpired={() => setRound((before) => before + 1)} />}
    </>
  );
}
