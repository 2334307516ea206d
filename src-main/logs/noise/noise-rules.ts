import { foldText } from '../../../src-shared/logs/fold-text';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { createNoiseMatch, type NoiseMatch } from '../../../src-shared/logs/noise-match';
import type { Settings } from '../../../src-shared/settings';

type NoiseRules = Settings['logs']['noiseRules'];

/** The rules that count for one source. */
interface RulesOfSource {
  readonly drop: readonly NoiseMatch[];
  readonly keepOnly: readonly NoiseMatch[];
}

const maxRememberedOrigins = 5_000;

/**
 * Whether an entry is kept by the person's rules for its source: not when one that drops meets it; and where some keep only what they
 * meet, only when one of these does. A rule whose match is none (see `createNoiseMatch`) does nothing.
 */
export function createNoiseFilter(rules: NoiseRules): (origin: LogOrigin, text: string) => boolean {
  const usable = rules.flatMap(({ source, match, action }) => {
    const matches = createNoiseMatch(match);
    return matches === null ? [] : { source: foldText(source), action, matches };
  });
  if (usable.length === 0) return () => true;
  const byOrigin = new Map<string, RulesOfSource>();

  function rulesOf({ key, name }: LogOrigin): RulesOfSource {
    const known = byOrigin.get(key);
    if (known !== undefined) return known;
    const folded = foldText(name);
    const mine = usable.filter(({ source }) => folded.includes(source));
    const of = (wanted: NoiseRules[number]['action']) => mine.flatMap(({ action, matches }) => (action === wanted ? matches : []));
    const found = { drop: of('drop'), keepOnly: of('keep-only') };
    if (byOrigin.size >= maxRememberedOrigins) byOrigin.clear();
    byOrigin.set(key, found);
    return found;
  }

  return (origin, text) => {
    const { drop, keepOnly } = rulesOf(origin);
    if (drop.length === 0 && keepOnly.length === 0) return true;
    let folded: string | null = null;
    const foldedText = () => {
      folded ??= foldText(text);
      return folded;
    };
    const meets = (matches: NoiseMatch) => matches(text, foldedText);
    return !drop.some(meets) && (keepOnly.length === 0 || keepOnly.some(meets));
  };
}
