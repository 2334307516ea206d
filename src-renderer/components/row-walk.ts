import type { KeyboardEvent } from 'react';

/**
 * Up and down in a table of `VirtualRows`: from a button of a row to the same one of the next row (of the same `data-walk`, where
 * rows differ in their buttons); from elsewhere in the rows to the one that opens the first on screen (`data-opens`, else its first). Rows just out of sight are there, and taking the focus brings them in. For the table's onKeyDown.
 */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
  const row = event.target.closest('[aria-rowindex]');
  const next =
    row === null
      ? event.currentTarget.querySelector('[aria-rowindex]')
      : event.currentTarget.querySelector(`[aria-rowindex="${Number(row.getAttribute('aria-rowindex')) + step}"]`);
  if (next === null) return;
  event.preventDefault();
  const kind = event.target.dataset.walk;
  const alike = kind === undefined ? null : next.querySelector<HTMLButtonElement>(`button[data-walk="${kind}"]`);
  if (alike !== null) {
    alike.focus();
    return;
  }
  const at = row === null || kind !== undefined ? -1 : [...row.querySelectorAll('button')].indexOf(event.target as HTMLButtonElement);
  const buttons = next.querySelectorAll('button');
  (buttons[at] ?? next.querySelector<HTMLButtonElement>('button[data-opens]') ?? buttons[0])?.focus();
}
