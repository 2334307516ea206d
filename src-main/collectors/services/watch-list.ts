import { unitKind } from './unit-kind';
import { wellKnownServices } from './well-known';

/** What the settings say: names with or without a suffix, `*` for any run of characters. */
export interface WatchSettings {
  readonly watch: readonly string[];
  readonly ignore: readonly string[];
}

export interface WatchList {
  /** True for a unit that is well known or asked for, and not ignored. */
  matches(unit: string): boolean;
  /** True for a unit that the settings ignore: not even its failure is watched. */
  ignores(unit: string): boolean;
  /** Units asked for by their whole name: shown even when they do not exist. */
  readonly named: readonly string[];
  /** Same settings, same key. */
  readonly key: string;
  /** Entries of the settings that cannot be unit names. */
  readonly refused: readonly string[];
}

const unitSuffix = /\.(service|socket|target|timer|mount|automount|path|slice|scope|swap|device)$/;
/** Characters of unit names, see systemd.unit(5). */
const unitName = /^[A-Za-z0-9:_.\\@-]{1,256}$/;

/** The unit name in full: "ssh" means "ssh.service". */
export function fullUnitName(name: string): string {
  return unitSuffix.test(name) ? name : `${name}.service`;
}

export function createWatchList({ watch, ignore }: WatchSettings): WatchList {
  const wanted = usable(watch);
  const unwanted = usable(ignore);
  const wellKnown = wellKnownServices.flatMap((service) => service.units).map(fullUnitName);
  const isWanted = nameMatcher([...wellKnown, ...wanted]);
  const isUnwanted = nameMatcher(unwanted);
  return {
    matches: (unit) => isWanted(unit) && !isUnwanted(unit),
    ignores: isUnwanted,
    named: wanted.filter((name) => !name.includes('*') && !isUnwanted(name)),
    key: JSON.stringify([watch, ignore]),
    refused: [...watch, ...ignore].filter((name) => !isUsable(name)),
  };
}

function usable(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter(isUsable).map(fullUnitName))];
}

/** A name that systemd would refuse would make a whole `systemctl show` say nothing about all the others. Targets and mounts are not listed. */
function isUsable(name: string): boolean {
  return unitName.test(name.replaceAll('*', 'x')) && !name.startsWith('-') && unitKind(fullUnitName(name)) !== null;
}

/** One set look-up for plain names; the few patterns are tried one after the other. */
function nameMatcher(names: readonly string[]): (unit: string) => boolean {
  const plain = new Set(names.filter((name) => !name.includes('*')));
  const patterns = names.filter((name) => name.includes('*')).map((name) => name.split('*'));
  return (unit) => plain.has(unit) || patterns.some((parts) => matchesParts(unit, parts));
}

/** `parts` are what stands between the stars, found one after the other: linear, unlike a regular expression of `.*`. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= text.length - last.length;
}
