import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../words/use-words';
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

/** Copies a text and says so for a moment, also when the browser refused. */
export function CopyButton({ text, label, says, iconOnly = false }: CopyButtonProps) {
  const { t } = useWords();
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), saidMs);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy(): Promise<void> {
    setSaid(await writeClipboard(typeof text === 'string' ? text : text()));
  }
  const word = t(said === null ? 'copy.copy' : said === 'copied' ? 'copy.done' : 'copy.refused');
  return (
    <Button onClick={copy} aria-label={label} title={iconOnly ? (said === null ? label : word) : undefined}>
      {said === 'copied' ? <Check size={12} aria-hidden="true" /> : <Copy size={12} aria-hidden="true" />}
      {!iconOnly && (said === null ? (says ?? word) : word)}
      <span className="visually-hidden" role="status">
        {said === null ? '' : word}
      </span>
    </Button>
  );
}

/** A page that is not on loopback or HTTPS has no clipboard; a page that lost its focus is refused with a DOMException. */
async function writeClipboard(text: string): Promise<'copied' | 'refused'> {
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
