import { compareLevels } from '../../../src-shared/level';
import type { Container } from '../../../src-shared/snapshots';
import type { Words } from '../../words/use-words';

/** Most severe first, then whoever uses most of what it may have, in steps of 10 % so that small changes move no row; ended ones last. */
export function worstFirst(a: Container, b: Container): number {
  return compareLevels(b.level, a.level) || weight(b) - weight(a) || (a.name < b.name ? -1 : 1);
}

function weight(container: Container): number {
  if (container.state !== 'running') return container.level === 'critical' ? 20 : -1;
  return Math.round(Math.max(container.cpuBusyRatio ?? 0, container.memoryUsedRatio ?? 0) * 10);
}

/** Compose writes its project into the name; shown apart it reads better. "shop-api-1" of "shop" -> api + shop. */
export function containerNames(container: Pick<Container, 'name' | 'composeProject'>): {
  readonly name: string;
  readonly project: string | null;
} {
  const project = container.composeProject;
  if (project === null) return { name: container.name, project: null };
  const prefixed = container.name.startsWith(`${project}-`) || container.name.startsWith(`${project}_`);
  const name = prefixed ? container.name.slice(project.length + 1).replace(/[-_]1$/, '') : container.name;
  return name === '' ? { name: container.name, project } : { name, project };
}

/** Why it is not simply fine, in one line; empty when there is nothing to say. */
export function containerNote(words: Words, container: Container): string {
  const running = container.state === 'running';
  const parts: string[] = [];
  if (!running) parts.push(words.t(`container.state.${container.state}`));
  for (const reason of container.reasons) parts.push(words.reason(reason));
  if (running && parts.length === 0 && container.health === 'starting') parts.push(words.t('container.health.starting'));
  return parts.join(' · ');
}

/** "13 running · 1 exited" */
export function runSummary(words: Words, containers: readonly Container[]): string {
  const running = containers.filter((one) => one.state === 'running').length;
  const ended = containers.filter((one) => one.state === 'exited' || one.state === 'dead').length;
  const other = containers.length - running - ended;
  return [
    words.t('containers.running', { count: running }),
    ended > 0 ? words.t('containers.ended', { count: ended }) : null,
    other > 0 ? words.t('containers.other', { count: other }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** An image without its registry and folders: "registry.example.com/shop/api:2.14.0" -> "api:2.14.0". */
export function shortImage(image: string): string {
  const at = image.lastIndexOf('/');
  return at === -1 ? image : image.slice(at + 1);
}
