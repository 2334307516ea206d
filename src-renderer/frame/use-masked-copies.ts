import { useEffect } from 'react';
import { useMaskText } from '../words/mask-text';

/** What a person selects and copies loses its secrets as well; from a field of a form a person gets what stands there. */
export function useMaskedCopies(): void {
  const mask = useMaskText();
  useEffect(() => {
    function onCopy(event: ClipboardEvent): void {
      if (event.defaultPrevented || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      const text = document.getSelection()?.toString() ?? '';
      const masked = mask(text);
      if (masked === text || event.clipboardData === null) return;
      event.clipboardData.setData('text/plain', masked);
      event.preventDefault();
    }
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, [mask]);
}
