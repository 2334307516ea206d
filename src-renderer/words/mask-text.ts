import { useCallback } from 'react';
import { type RedactorOptions, redactText } from '../../src-shared/redact/redactor';
import { useApp } from '../state/context';

const mostLabels = 10_000;
const labels = new Map<string, string>();

/**
 * Six random digits for each secret, the same as long as the window lives: they stand for nothing that could be turned back, and
 * a page outside of HTTPS has no keyed hash to offer.
 */
const labelOf: RedactorOptions['hash'] = (secret) => {
  const known = labels.get(secret);
  if (known !== undefined) return known;
  if (labels.size >= mostLabels) labels.clear();
  const label = [...crypto.getRandomValues(new Uint8Array(3))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  labels.set(secret, label);
  return label;
};

/** A text on its way out of the window (clipboard, file), without its secrets. */
export function maskText(text: string, email = false): string {
  return redactText(text, { hash: labelOf, email }).text;
}

/** maskText by the person's settings. */
export function useMaskText(): (text: string) => string {
  const email = useApp(({ settings }) => settings.logs.maskEmail);
  return useCallback((text) => maskText(text, email), [email]);
}

/** How many secrets were masked in a text, wherever that was done. */
export function maskedCountOf(text: string): number {
  return text.match(/\[masked:[a-z-]{1,20}:[0-9a-f]{6}\]/g)?.length ?? 0;
}
