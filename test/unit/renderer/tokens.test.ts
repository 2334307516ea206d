import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../src-renderer');
const css = readFileSync(join(root, 'styles/tokens.css'), 'utf8');

type Theme = ReadonlyMap<string, string>;

function parseThemes(text: string): ReadonlyMap<string, Theme> {
  const themes = new Map<string, Theme>();
  for (const [, name, body] of text.matchAll(/\[data-theme="(\w+)"\] \{([^}]*)\}/g)) {
    if (name === undefined || body === undefined) continue;
    themes.set(name, new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, key, value]) => [key ?? '', (value ?? '').trim()])));
  }
  return themes;
}

function luminance(hex: string): number {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, two) => two - one) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const themes = parseThemes(css);
const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-hover'];
const softs = ['ok', 'warning', 'critical', 'inactive', 'unknown'];

/** Every pair of text on its ground that the style sheets make. */
const textPairs: readonly (readonly [text: string, ground: string])[] = [
  ...surfaces.flatMap((ground) =>
    ['text', 'text-quiet', 'accent', 'level-warning-text', 'level-critical-text'].map((text) => [text, ground] as const),
  ),
  ...softs.map((level) => [`level-${level}-ink`, `level-${level}-soft`] as const),
  ...softs.map((level) => ['text', `level-${level}-soft`] as const),
  ['accent-ink', 'level-critical-soft'],
  ['accent-ink', 'level-warning-soft'],
  ['accent-ink', 'accent-soft'],
  ['text', 'accent-soft'],
  ['text-quiet', 'accent-soft'],
  ['on-accent', 'accent'],
  ...Array.from({ length: 8 }, (_, index) => [`source-${index + 1}`, 'surface-1'] as const),
  ...Array.from({ length: 8 }, (_, index) => [`source-${index + 1}`, 'surface-hover'] as const),
];

/** Shapes, bars and lines: 3 to 1 is what they need. */
const shapePairs: readonly (readonly [shape: string, ground: string])[] = [
  ...softs.flatMap((level) => ['surface-0', 'surface-1', 'surface-2'].map((ground) => [`level-${level}`, ground] as const)),
  ['level-warning', 'level-warning-soft'],
  ['level-critical', 'level-critical-soft'],
  ['bar', 'surface-1'],
  ['spark', 'surface-1'],
  ['accent', 'surface-1'],
];

test('there are three themes', () => {
  expect([...themes.keys()].sort()).toEqual(['dark', 'light', 'retro']);
});

test.each([...themes])('%s defines the same names as dark', (_, theme) => {
  expect([...theme.keys()].sort()).toEqual([...(themes.get('dark') ?? new Map()).keys()].sort());
});

test.each([...themes])('every pair of %s reaches AA', (_, theme) => {
  const colour = (name: string) => theme.get(`--${name}`) ?? 'missing';
  const short = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([a, b]) => ({ pair: `${a} on ${b}`, ratio: contrast(colour(a), colour(b)) }))
      .filter(({ ratio }) => !(ratio >= least))
      .map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)} < ${least}`);
  expect([...short(textPairs, 4.5), ...short(shapePairs, 3)]).toEqual([]);
});

test('no colour is written outside tokens.css', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(css|tsx?)$/.test(name) && !name.endsWith('tokens.css'),
  );
  const found = files.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(/gi)].map(
      ([colour]) => `${name}: ${colour}`,
    ),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(found).toEqual([]);
});

test('every variable in use is defined, for all in the tokens or in its own file', () => {
  // Set by components (source colour) or on the frame.
  const local = ['--source', '--rail', '--row', '--gap', '--pad', '--ease'];
  const known = new Set([...(themes.get('dark') ?? new Map()).keys(), ...local]);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
  const unknown = files.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const own = new Set([...text.matchAll(/^\s*(--[\w-]+):/gm)].map(([, variable]) => variable));
    return [...text.matchAll(/var\((--[\w-]+)/g)].flatMap(([, variable = '']) =>
      known.has(variable) || own.has(variable) ? [] : [`${name}: ${variable}`],
    );
  });
  expect(unknown).toEqual([]);
});
