import type { LocalPort } from '../../../src-shared/contract';
import { printable } from '../../words/highlight';
import type { Words } from '../../words/use-words';

/** One row is one socket of one owner. */
export function portKey({ protocol, port, process, container, addresses }: LocalPort): string {
  return `${protocol} ${port} ${process?.id ?? ''} ${container?.id ?? ''} ${process === null ? addresses.join() : ''}`;
}

/** "localhost:3000": what stands on a link; the whole address is in its title. */
export function shortAddress(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/**
 * Only pages of this machine are ever opened: the rule of the desktop door (src-main/electron), applied where the link is made
 * so that no link stands there that would do nothing.
 */
export function localAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(url) ? url : null;
}

/** Name of the page; text from outside. Null: it has no page. */
export function pageTitle({ t }: Words, { page }: Pick<LocalPort, 'page'>): string | null {
  if (page === null) return null;
  return page.title === null || page.title.trim() === '' ? t('port.untitled') : printable(page.title.trim());
}

/** "shop · main" */
export function projectText(project: LocalPort['project']): string {
  if (project === null) return '';
  return printable(project.branch === null ? project.name : `${project.name} · ${project.branch}`);
}
