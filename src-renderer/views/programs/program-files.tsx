import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Policy, PolicyDraft } from '../../../src-shared/contract';
import { formatBytes } from '../../../src-shared/format';
import { Button } from '../../components/button';
import { ConfirmAction } from '../../components/confirm-action';
import { saveFile } from '../../components/save-file';
import { useApp, useWindowState } from '../../state/context';
import { printable } from '../../words/highlight';
import { useWords, type Words } from '../../words/use-words';
import { type FileProblem, mostFileBytes, mostPrograms, parseProgramFile, programsAsJson } from './program-file';
import styles from './programs.module.css';

interface ProgramFilesProps {
  readonly policies: readonly Policy[];
  /** What came of an import, to be said where there is room. */
  readonly onSaid: (said: { readonly level: 'ok' | 'warning'; readonly text: string }) => void;
  readonly onTaken: () => void;
}

/** All notes as a file, and notes out of a file. */
export function ProgramFiles({ policies, onSaid, onTaken }: ProgramFilesProps) {
  const words = useWords();
  const { t } = words;
  const { client, now } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<{ readonly file: string; readonly drafts: readonly PolicyDraft[] } | null>(null);

  async function take(file: File): Promise<void> {
    const parsed = file.size > mostFileBytes ? { problem: { kind: 'tooLarge' } as const } : parseProgramFile(await file.text());
    if ('drafts' in parsed) setAsked({ file: printable(file.name), drafts: parsed.drafts });
    else onSaid({ level: 'warning', text: `${problemText(words, printable(file.name), parsed.problem)} ${t('program.import.nothing')}` });
  }

  const known = new Set(policies.map(({ exe }) => exe));
  const replaced = asked?.drafts.filter(({ exe }) => known.has(exe)).length ?? 0;
  return (
    <>
      {allowed && (
        <>
          <input
            ref={input}
            type="file"
            accept="application/json,.json"
            className="visually-hidden"
            tabIndex={-1}
            aria-label={t('program.import')}
            onChange={(event) => {
              const file = event.target.files?.[0];
              // The same file chosen again would else be no change.
              event.target.value = '';
              if (file !== undefined) void take(file);
            }}
          />
          <Button className={styles.tool} onClick={() => input.current?.click()}>
            <Upload size={13} aria-hidden="true" /> {t('program.import')}
          </Button>
        </>
      )}
      <Button
        className={styles.tool}
        disabled={policies.length === 0}
        onClick={() =>
          saveFile(`logscope-programs-${new Date(now()).toISOString().slice(0, 10)}.json`, 'application/json', programsAsJson(policies))
        }
      >
        <Download size={13} aria-hidden="true" /> {t('program.export')}
      </Button>
      {asked !== null && (
        <ConfirmAction
          question={t('program.import.ask', { count: asked.drafts.length, file: asked.file })}
          losses={[replaced === 0 ? t('program.import.adds') : t('program.import.replaces', { count: replaced })]}
          verb={t('program.import.verb')}
          run={async () => {
            const { taken } = await client.request('policies.import', { policies: asked.drafts.map((draft) => ({ ...draft })) });
            onSaid({ level: 'ok', text: t('program.import.done', { count: taken }) });
            onTaken();
            return { outcome: 'done', text: '' };
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function problemText({ t }: Words, file: string, problem: FileProblem): string {
  switch (problem.kind) {
    case 'badEntry':
      return t('program.import.badEntry', { number: problem.number, name: printable(problem.name), detail: problem.detail });
    case 'tooMany':
      return t('program.import.tooMany', { file, limit: mostPrograms });
    case 'tooLarge':
      return t('program.import.tooLarge', { file, size: formatBytes(mostFileBytes) });
    default:
      return t(`program.import.${problem.kind}`, { file });
  }
}
