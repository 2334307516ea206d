/** Facts to text. The only place where a ratio becomes a percentage. All pure; `null` gives an en dash. */
export const unknownText = '–';

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A figure and its unit apart, so that a view can set the unit smaller. */
export interface Quantity {
  readonly figure: string;
  readonly unit: string;
}

/** Bytes with 1024 steps and three significant digits: 1536 -> 1.5 KB. */
export function bytesQuantity(bytes: number | null): Quantity {
  if (bytes === null) return { figure: unknownText, unit: '' };
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 999.5 && step < byteUnits.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return { figure: trimZeros(value.toFixed(digits)), unit: byteUnits[step] ?? 'B' };
}

export function formatBytes(bytes: number | null): string {
  const { figure, unit } = bytesQuantity(bytes);
  return unit === '' ? figure : `${figure} ${unit}`;
}

export function formatBytesPerSecond(bytes: number | null): string {
  return bytes === null ? unknownText : `${formatBytes(bytes)}/s`;
}

/** 0.344 -> "34"; below 10 % one decimal for figures that live there when `precise`. */
export function percentFigure(ratio: number | null, precise = false): string {
  if (ratio === null) return unknownText;
  const percent = ratio * 100;
  return precise && percent < 9.95 ? trimZeros(percent.toFixed(1)) : percent.toFixed(0);
}

export function formatPercent(ratio: number | null, precise = false): string {
  return ratio === null ? unknownText : `${percentFigure(ratio, precise)} %`;
}

/** The two largest units of a duration: 183840 -> [{2,'d'},{3,'h'}]; at least one part. */
export function durationParts(seconds: number): readonly { readonly amount: number; readonly unit: 'd' | 'h' | 'm' | 's' }[] {
  const whole = Math.max(0, Math.floor(seconds));
  const all = [
    { amount: Math.floor(whole / 86_400), unit: 'd' as const },
    { amount: Math.floor((whole % 86_400) / 3600), unit: 'h' as const },
    { amount: Math.floor((whole % 3600) / 60), unit: 'm' as const },
    { amount: whole % 60, unit: 's' as const },
  ];
  const first = all.findIndex((part) => part.amount > 0);
  if (first === -1) return [{ amount: 0, unit: 's' }];
  return all.slice(first, first + 2).filter((part, index) => index === 0 || part.amount > 0);
}

/** Keeps head and tail of a long text so that both ends of a path or id stay readable. */
export function truncateMiddle(text: string, maxLength: number): string {
  const points = Array.from(text);
  if (points.length <= maxLength) return text;
  const head = Math.ceil((maxLength - 1) / 2);
  const tail = maxLength - 1 - head;
  return `${points.slice(0, head).join('')}…${tail > 0 ? points.slice(-tail).join('') : ''}`;
}

/** `0.0.0.0:80`, `[::1]:80`. */
export function formatSocket(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
