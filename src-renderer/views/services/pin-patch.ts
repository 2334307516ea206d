import type { Settings } from '../../../src-shared/settings';

type WatchSettings = Settings['services'];

const unitSuffix = /\.(service|socket|target|timer|mount|automount|path|slice|scope|swap|device)$/;

/** "ssh" in the settings means "ssh.service". */
function fullName(name: string): string {
  return unitSuffix.test(name) ? name : `${name}.service`;
}

/**
 * What to change in the settings so that a unit is watched, or no longer is. Taking back what was said before comes first: a
 * well-known unit that was ignored is watched as soon as it is not, one that was asked for needs no entry among the ignored.
 */
export function pinPatch(settings: WatchSettings, unit: string, watched: boolean): Partial<WatchSettings> {
  const without = (names: readonly string[]) => names.filter((name) => fullName(name) !== fullName(unit));
  const [ours, theirs] = watched ? (['watch', 'ignore'] as const) : (['ignore', 'watch'] as const);
  const left = without(settings[ours]);
  return left.length < settings[ours].length ? { [ours]: left } : { [theirs]: [...settings[theirs], unit] };
}
