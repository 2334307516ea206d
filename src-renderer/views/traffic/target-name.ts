import type { TrafficTarget } from '../../state/ui-store';
import type { Words } from '../../words/use-words';
import { logText } from './figure-text';

/** What the chosen log is called; sample data in the person's language, however they were come to. */
export function targetName({ t }: Words, { input, name }: TrafficTarget): string {
  return input.kind === 'demo' ? t('traffic.demo') : logText(name);
}
