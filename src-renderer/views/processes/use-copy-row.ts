import { type KeyboardEvent, useCallback } from 'react';
import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { Process } from '../../../src-shared/snapshots';
import { useApp, useWindowState } from '../../state/context';
import { useMaskText } from '../../words/mask-text';
import type { ProcessColumn } from './process-columns';
import { processAsTabs, processRecord } from './process-export';

/**
 * Keys on a row: Ctrl/Cmd+C copies it tab separated, with Shift as JSON; Delete asks about ending it. What is selected as text
 * is copied as the text it is.
 */
export function useCopyRow(processes: readonly Process[], columns: readonly ProcessColumn[], texts: ProcessTexts) {
  const { ui } = useWindowState();
  const mask = useMaskText();
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? false);
  return useCallback(
    (event: KeyboardEvent, id: string): boolean => {
      const process = processes.find((one) => one.id === id);
      if (process === undefined) return false;
      const modified = event.ctrlKey || event.metaKey;
      if (event.key === 'Delete' && !modified && actionsAllowed && process.killClass !== 'K0') {
        ui.setState({ stopTarget: { id, name: process.name } });
        return true;
      }
      if (!modified || event.key.toLowerCase() !== 'c' || !(window.getSelection()?.isCollapsed ?? true)) return false;
      const text = event.shiftKey
        ? JSON.stringify(processRecord(process, columns, texts), null, 2)
        : processAsTabs(process, columns, texts);
      navigator.clipboard?.writeText(mask(text)).catch((error: unknown) => console.warn('LogScope: the row was not copied', error));
      return true;
    },
    [processes, columns, texts, ui, actionsAllowed, mask],
  );
}
