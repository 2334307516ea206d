import { type Quantity, unknownText } from '../../../src-shared/format';
import { printable } from '../../words/highlight';

/** 12,345; beyond seven digits 12.3M. Null: a dash. */
export function countText(count: number | null): string {
  if (count === null) return unknownText;
  if (count < 10_000_000) return count.toLocaleString('en');
  return count.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
}

/** 123,456; 1.23M: for a place that holds no more. The whole figure belongs in its tooltip. */
export function shortCount(count: number): string {
  return count < 1_000_000 ? countText(count) : count.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 2 });
}

/** Milliseconds as a person reads them: 0.4 ms, 42 ms, 1.42 s. Null: a dash. */
export function timeQuantity(ms: number | null): Quantity {
  if (ms === null) return { figure: unknownText, unit: '' };
  if (ms >= 999.5) {
    const seconds = ms / 1000;
    return { figure: seconds.toFixed(seconds >= 100 ? 0 : seconds >= 10 ? 1 : 2), unit: 's' };
  }
  return { figure: ms > 0 && ms < 9.95 ? trimZero(ms.toFixed(1)) : ms.toFixed(0), unit: 'ms' };
}

export function timeText(ms: number | null): string {
  const { figure, unit } = timeQuantity(ms);
  return unit === '' ? figure : `${figure} ${unit}`;
}

/** A share in percent; what is there never reads 0, what is not all never reads 100. */
export function shareQuantity(ratio: number | null): Quantity {
  if (ratio === null) return { figure: unknownText, unit: '' };
  if (ratio > 0 && ratio < 0.0001) return { figure: '<0.01', unit: '%' };
  if (ratio < 1 && ratio > 0.9999) return { figure: '>99.99', unit: '%' };
  const percent = ratio * 100;
  const digits = percent === 0 || percent === 100 ? 0 : percent < 1 || percent > 99 ? 2 : 1;
  return { figure: percent.toFixed(digits), unit: '%' };
}

export function shareText(ratio: number | null): string {
  const { figure, unit } = shareQuantity(ratio);
  return unit === '' ? figure : `${figure} ${unit}`;
}

/** A text of the log on one line: controls and marks that turn the direction of writing are made visible. */
export function logText(text: string): string {
  return printable(text);
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

export function statusClassOf(status: number): '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'other' {
  const first = Math.floor(status / 100);
  return first >= 1 && first <= 5 ? (`${first}xx` as '1xx') : 'other';
}
