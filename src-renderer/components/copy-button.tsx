import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { maskedCountOf, useMaskText } from '../words/mask-text';
import { useWords, type Words } from '../words/use-words';
import { Button } from './button';

interface CopyButtonProps {
  /** What is put on the clipboard; a function is called at the click, for texts that are costly to make. */
  readonly text: string | (() => string);
  /** Accessible name, e.g. "Copy command". The visible word is "Copy". */
  readonly label: string;
  /** Visible words where there are several ways to copy. */
  readonly says?: string;
  readonly iconOnly?: boolean;
}

const saidMs = 1600;

/** Copies a text without its secrets and says so for a moment, also when the browser refused. */
export function CopyButton({ text, label, says, iconOnly = false }: CopyButtonProps) {
  const { t } = useWords();
  const mask = useMaskText();
  const [said, setSaid] = useState<Said | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), saidMs);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy(): Promise<void> {
    const masked = mask(typeof text === 'string' ? text : text());
    setSaid({ outcome: await copyText(masked), maskedCount: maskedCountOf(masked) });
  }
  const word = said === null ? t('copy.copy') : wordOf(said, t);
  return (
    <Button onClick={copy} aria-label={label} title={iconOnly ? (said === null ? label : word) : undefined}>
      {said?.outcome === 'copied' ? <Check size={12} aria-hidden="true" /> : <Copy size={12} aria-hidden="true" />}
      {!iconOnly && (said === null ? (says ?? word) : word)}
      <span className="visually-hidden" role="status">
        {said === null ? '' : word}
      </span>
    </Button>
  );
}

interface Said {
  readonly outcome: 'copied' | 'refused';
  readonly maskedCount: number;
}

function wordOf({ outcome, maskedCount }: Said, t: Words['t']): string {
  if (outcome === 'refused') return t('copy.refused');
  return maskedCount === 0 ? t('copy.done') : t('copy.masked', { count: maskedCount });
}

/** A page that is not on loopback or HTTPS has no clipboard; a page that lost its focus is refused with a DOMException. */
export async function copyText(text: string): Promise<'copied' | 'refused'> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (!clipboard) return 'refused';
  try {
    await clipboard.writeText(text);
    return 'copied';
  } catch (error) {
    if (error instanceof DOMException) return 'refused';
    throw error;
  }
}
