import type { TimeUnit } from '../../../src-shared/traffic/log-format';

export interface UnitGuess {
  readonly unit: TimeUnit;
  readonly evidence: string;
}

/** Names whose unit is documented by who writes them. */
const byName: readonly (readonly [RegExp, TimeUnit])[] = [
  [/(?:^|[_-])(?:us|usec|micros|microseconds)$/i, 'us'],
  [/(?:^|[_-])(?:ns|nanos|nanoseconds)$/i, 'ns'],
  [/(?:^|[_-])(?:ms|msec|millis|milliseconds)$|Ms$|Millis$/, 'ms'],
  [/(?:^|[_-])(?:s|sec|secs|seconds)$/i, 's'],
  [/^(?:rt|urt|request_time|upstream_response_time|request-time)$/i, 's'],
];

/** By the name a time is written under; null: the name says nothing. */
export function unitOfName(name: string): UnitGuess | null {
  for (const [pattern, unit] of byName) if (pattern.test(name)) return { unit, evidence: `name ${name}` };
  return null;
}

/** By how the times of a log are written. Apache's %D is whole microseconds, %T whole seconds, nginx's $request_time seconds with three decimals. */
export function unitOfValues(values: readonly string[]): UnitGuess {
  if (values.some((value) => value.includes('.'))) {
    const largest = Math.max(...values.map(Number));
    const decimals = Math.max(...values.map((value) => value.split('.')[1]?.length ?? 0));
    // Nobody waits 1,000 s in every second line; a fraction of milliseconds is written by programs of their own.
    if (decimals !== 3 && medianOf(values.map(Number)) > 100) return { unit: 'ms', evidence: `fractions, median above 100` };
    return { unit: 's', evidence: decimals === 3 ? 'three decimals' : `decimals, at most ${largest}` };
  }
  const numbers = values.map(Number);
  const median = medianOf(numbers);
  if (numbers.every((value) => value <= 60))
    return { unit: median <= 2 ? 's' : 'ms', evidence: `whole numbers up to ${Math.max(0, ...numbers)}` };
  return median >= 5_000
    ? { unit: 'us', evidence: `whole numbers, median ${median}` }
    : { unit: 'ms', evidence: `whole numbers, median ${median}` };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
