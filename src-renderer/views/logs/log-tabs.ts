import { type ComponentType, lazy } from 'react';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { LogTabId } from '../../state/ui-store';
import { ConsoleView } from './console/console-view';

interface LogTab {
  readonly id: LogTabId;
  readonly label: MessageKey;
  /** What stands below the switch, over the whole height; loaded when it is first opened (`lazy`). */
  readonly view: ComponentType;
}

/** The parts of the section, in the order of the switch. */
export const logTabs: readonly LogTab[] = [
  { id: 'console', label: 'logs.tab.console', view: ConsoleView },
  {
    id: 'patterns',
    label: 'logs.tab.patterns',
    view: lazy(() => import('./patterns/patterns-view').then((it) => ({ default: it.PatternsView }))),
  },
  {
    id: 'sources',
    label: 'logs.tab.sources',
    view: lazy(() => import('./sources/sources-view').then((it) => ({ default: it.SourcesView }))),
  },
];
