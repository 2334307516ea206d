import { type ComponentType, lazy } from 'react';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { ProcessTabId } from '../../state/ui-store';
import { ProcessList } from './process-list';

interface ProcessTab {
  readonly id: ProcessTabId;
  readonly label: MessageKey;
  /** What stands below the switch, over the whole height; loaded when it is first opened (`lazy`). */
  readonly view: ComponentType;
}

/** The parts of the section, in the order of the switch. The switch is there as soon as there are two. */
export const processTabs: readonly ProcessTab[] = [
  { id: 'list', label: 'process.tab.list', view: ProcessList },
  { id: 'ports', label: 'process.tab.ports', view: lazy(() => import('../ports/ports-view').then((it) => ({ default: it.PortsView }))) },
  {
    id: 'leftovers',
    label: 'process.tab.leftovers',
    view: lazy(() => import('../leftovers/leftovers-view').then((it) => ({ default: it.LeftoversView }))),
  },
  {
    id: 'programs',
    label: 'process.tab.programs',
    view: lazy(() => import('../programs/programs-view').then((it) => ({ default: it.ProgramsView }))),
  },
  {
    id: 'attempts',
    label: 'process.tab.attempts',
    view: lazy(() => import('../attempts/attempts-view').then((it) => ({ default: it.AttemptsView }))),
  },
];
