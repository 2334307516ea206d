import { useApp } from '../state/context';

/** Height of a table row in px by density; the same figures as `--row` in tokens.css. */
export function useRowHeight(): number {
  return useApp((app) => (app.settings.density === 'comfortable' ? 36 : 28));
}
