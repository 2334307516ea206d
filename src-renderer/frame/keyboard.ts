import { useEffect } from 'react';
import { useWindowState } from '../state/context';
import { goTo, sections, type UiStore } from '../state/ui-store';

/** Ctrl, or ⌘ where that is the key. */
export function modifierText(): string {
  return isMac() ? '⌘' : 'Ctrl';
}

function isMac(): boolean {
  return /Mac/i.test(navigator.platform);
}

/** The keys of the whole window. A view adds its own (Space in the log tail). */
export function useWindowKeys(): void {
  const { ui } = useWindowState();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && handleKey(ui, event)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [ui]);
}

/** True when the key meant something. */
export function handleKey(ui: UiStore, event: KeyboardEvent): boolean {
  const modified = event.ctrlKey || event.metaKey;
  if (modified && event.key.toLowerCase() === 'k') {
    ui.setState({ paletteOpen: !ui.getState().paletteOpen, keysOpen: false });
    return true;
  }
  if (modified && /^[1-9]$/.test(event.key)) {
    const section = sections[Number(event.key) - 1];
    if (section === undefined) return false;
    goTo(ui, { section });
    return true;
  }
  if (modified && event.key === ',') {
    goTo(ui, { section: 'settings' });
    return true;
  }
  if (modified || event.altKey || isTyping(event.target) || isDialogOpen(ui)) return false;
  if (event.key === '/') return focusFilter();
  if (event.key === '?') {
    ui.setState({ keysOpen: true });
    return true;
  }
  if (event.key === 'Escape' && ui.getState().selected !== null) {
    ui.setState({ selected: null });
    return true;
  }
  return false;
}

function isDialogOpen(ui: UiStore): boolean {
  const { paletteOpen, stopTarget, askedPort, programTarget } = ui.getState();
  return paletteOpen || stopTarget !== null || askedPort !== null || programTarget !== null;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
}

function focusFilter(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[data-filter]');
  field?.focus();
  field?.select();
  return field !== null;
}
