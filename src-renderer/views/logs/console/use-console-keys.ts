import { useEffect, useRef } from 'react';
import { isTyping } from '../../../frame/keyboard';
import { useWindowState } from '../../../state/context';

export interface ConsoleKeys {
  readonly onFollow: () => void;
  readonly onPause: () => void;
  readonly onMove: (step: 1 | -1) => void;
  /** True where there was something to open or copy. */
  readonly onOpen: () => boolean;
  readonly onCopy: () => boolean;
  readonly onClose: () => boolean;
}

/** f follows, Space pauses, j k and arrows move, Enter opens, c copies, Esc closes. Not while somebody types or a dialog is open. */
export function useConsoleKeys(keys: ConsoleKeys): void {
  const { ui } = useWindowState();
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { paletteOpen, keysOpen } = ui.getState();
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || paletteOpen || keysOpen)
        return;
      const onControl = event.target instanceof HTMLElement && event.target.closest('button, a, [role="link"], [role="dialog"]') !== null;
      const inConsole =
        event.target === document.body || (event.target instanceof HTMLElement && event.target.closest('[data-console]') !== null);
      if (act(latest.current, event.key, { onControl, inConsole })) event.preventDefault();
    };
    // Before the window's own Esc, which would close the detail panel.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [ui]);
}

function act(
  keys: ConsoleKeys,
  key: string,
  { onControl, inConsole }: { readonly onControl: boolean; readonly inConsole: boolean },
): boolean {
  switch (key) {
    case 'f':
      keys.onFollow();
      return true;
    case ' ':
      if (onControl) return false;
      keys.onPause();
      return true;
    case 'j':
    case 'k':
      keys.onMove(key === 'j' ? 1 : -1);
      return true;
    case 'ArrowDown':
    case 'ArrowUp':
      if (!inConsole || onControl) return false;
      keys.onMove(key === 'ArrowDown' ? 1 : -1);
      return true;
    case 'Enter':
      return !onControl && keys.onOpen();
    case 'c':
      return keys.onCopy();
    case 'Escape':
      return keys.onClose();
    default:
      return false;
  }
}
