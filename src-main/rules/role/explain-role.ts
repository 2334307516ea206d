import { type RoleCategory, roleCategories } from '../../../src-shared/roles/role-entry';
import type { ProcessFacts, ProcessRole, RoleLayer } from '../../../src-shared/snapshots';
import type { Kin, ProcessContext } from '../process-context';
import { plainText } from './command-words';
import type { BaseMatch, MatchSubject, RoleBase } from './match-base';
import { belongsToUnit } from './own-unit';
import { baseName } from './stands-in';
import { unwrap } from './unwrap';

type RoleContext = Pick<ProcessContext, 'platform' | 'policy' | 'unit' | 'container' | 'desktopEntry' | 'parent'>;

/** Longest description that is taken over from a unit, a package or a person. */
const mostTextLetters = 200;
/** They start whatever a person or another program asks them to: what they start is no helper of theirs. */
const launchers: readonly (RoleCategory | null)[] = ['session', 'display', 'desktop', 'remote-access', 'container', 'orchestration'];
/** Ancestors further away say nothing about a process. */
const mostGenerations = 8;

/** What a process is, as the best layer says it. */
export function explainRole(process: ProcessFacts, context: RoleContext, base: RoleBase): ProcessRole {
  const [first] = layersOf(process, context, base, true);
  return first ?? unknownRole(process, context);
}

/** Everything that is known of what a process is, the best first; the last one is `unknown` when nothing is known. */
export function explainRoleLayers(process: ProcessFacts, context: RoleContext, base: RoleBase): readonly ProcessRole[] {
  const layers = layersOf(process, context, base, false);
  return layers.length > 0 ? layers : [unknownRole(process, context)];
}

export function matchSubject(process: ProcessFacts, context: Pick<ProcessContext, 'platform' | 'parent'>): MatchSubject {
  const { name, exe, command, user, uid, unit, container, kernelThread, evidence } = process;
  return {
    ...{ name, exe, command, user, uid, unit, container, kernelThread },
    platform: context.platform,
    parentName: context.parent === null ? null : kinName(context.parent),
    packaged: (evidence?.package ?? null) !== null,
  };
}

function layersOf(process: ProcessFacts, context: RoleContext, base: RoleBase, onlyFirst: boolean): readonly ProcessRole[] {
  const match = base.match(matchSubject(process, context));
  const makers: readonly (() => ProcessRole | null)[] = [
    () => policyLayer(context, match),
    // A file in the wrong place comes first: what its command line says then is not to be relied on.
    () => (match?.claimed === true ? baseLayer(process, match) : null),
    () => programLayer(process, match),
    () => (match?.claimed === false ? baseLayer(process, match) : null),
    () => placeLayer(process, match),
    () => unitLayer(process, context),
    () => desktopLayer(context),
    () => packageLayer(process),
    () => containerLayer(process, context),
    () => ancestorLayer(context),
  ];
  const layers: ProcessRole[] = [];
  for (const make of makers) {
    const layer = make();
    if (layer !== null) layers.push(layer);
    if (onlyFirst && layers.length > 0) break;
  }
  return layers;
}

function makeRole(layer: RoleLayer, match: BaseMatch | null, values: ProcessRole['values']): ProcessRole {
  return { layer, entry: match?.entry.id ?? null, category: match?.entry.category ?? null, claimed: match?.claimed ?? false, values };
}

function policyLayer({ policy }: RoleContext, match: BaseMatch | null): ProcessRole | null {
  if (policy?.role == null || policy.role.trim() === '') return null;
  const category = roleCategories.find((one) => one === policy.category) ?? match?.entry.category ?? null;
  return { ...makeRole('policy', match, { text: plainText(policy.role, 500) }), category };
}

function programLayer(process: ProcessFacts, match: BaseMatch | null): ProcessRole | null {
  const unwrapped = unwrap(process);
  if (unwrapped === null) return null;
  const runtime = plainText(process.exe === null ? process.name : baseName(process.exe));
  return makeRole('program', match, { ...unwrapped, runtime });
}

function baseLayer(process: ProcessFacts, match: BaseMatch): ProcessRole {
  return makeRole('base', match, match.claimed && process.exe !== null ? { path: plainText(process.exe, mostTextLetters) } : {});
}

/** The flag of the kernel says what it is, also where its name is not known; so does the number of the first process. */
function placeLayer(process: ProcessFacts, match: BaseMatch | null): ProcessRole | null {
  if (match !== null) return null;
  if (process.pid === 1) return { layer: 'base', entry: null, category: 'init', claimed: false, values: {} };
  if (!process.kernelThread) return null;
  return { layer: 'base', entry: null, category: 'kernel', claimed: false, values: { name: plainText(process.name) } };
}

function unitLayer(process: ProcessFacts, context: RoleContext): ProcessRole | null {
  const description = context.unit === null ? '' : plainText(context.unit.description, mostTextLetters);
  if (context.unit === null || description === '' || description === context.unit.unit) return null;
  return belongsToUnit(process, context) ? makeRole('unit', null, { unit: context.unit.unit, description }) : null;
}

function desktopLayer({ desktopEntry }: RoleContext): ProcessRole | null {
  if (desktopEntry === null) return null;
  const values: Record<string, string> = { name: plainText(desktopEntry.name) };
  const { comment, nameKorean, commentKorean } = desktopEntry;
  for (const [key, text] of Object.entries({ comment, nameKorean, commentKorean })) {
    const plain = text === null ? '' : plainText(text, mostTextLetters);
    if (plain !== '') values[key] = plain;
  }
  return makeRole('desktop', null, values);
}

function packageLayer({ evidence }: ProcessFacts): ProcessRole | null {
  const owner = evidence?.package ?? null;
  if (owner === null) return null;
  const summary = owner.summary === null ? '' : plainText(owner.summary, mostTextLetters);
  return makeRole('package', null, { package: plainText(owner.name), ...(summary === '' ? {} : { summary }) });
}

function containerLayer(process: ProcessFacts, { container }: RoleContext): ProcessRole | null {
  if (container !== null) {
    const image = plainText(container.image, mostTextLetters);
    return makeRole('container', null, { container: plainText(container.name), ...(image === '' ? {} : { image }) });
  }
  return process.container === null ? null : makeRole('container', null, { container: process.container.slice(0, 12) });
}

/** The nearest ancestor that is known; one that starts programs as its job only started it, the others it helps. */
function ancestorLayer({ parent }: RoleContext): ProcessRole | null {
  let kin = parent;
  for (let generation = 0; kin !== null && generation < mostGenerations; generation += 1, kin = kin.parent) {
    const { role, entry } = kin;
    if (role.layer === 'unknown' || role.layer === 'ancestor') continue;
    if (kin.pid <= 1 || role.category === 'init' || role.category === 'kernel') return null;
    const ancestor = plainText(kinName(kin));
    if (entry === null || role.claimed || entry.startsShells === true || launchers.includes(entry.category))
      return makeRole('ancestor', null, { ancestor });
    // The entry is the ancestor's, for the sentence; what kind of program this one is remains unknown.
    return { layer: 'ancestor', entry: entry.id, category: null, claimed: false, values: { ancestor } };
  }
  return null;
}

function unknownRole(process: ProcessFacts, { parent }: RoleContext): ProcessRole {
  return makeRole('unknown', null, {
    ...(process.exe === null ? {} : { path: plainText(process.exe, mostTextLetters) }),
    user: plainText(process.user ?? (process.uid === null ? '?' : String(process.uid))),
    parent: parent === null ? '?' : `${plainText(kinName(parent))} (${parent.pid})`,
  });
}

function kinName(kin: Pick<Kin, 'exe' | 'name'>): string {
  return kin.exe === null ? kin.name : baseName(kin.exe);
}
