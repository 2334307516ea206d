import type { RunChange } from '../../src-shared/contract/containers';
import type { RememberedRun, RunTrait } from '../../src-shared/runs';

/** Crashed in the end, but had served this long before: still a run to compare with. */
const longEnoughMs = 3_600_000;

/** The run to compare with: the newest that went well, the compared one itself left out; null when none is remembered. */
export function chooseGoodRun(
  remembered: readonly RememberedRun[],
  compared: { readonly containerId: string; readonly startedAtMs: number | null },
): RememberedRun | null {
  const candidates = remembered.filter(
    ({ containerId, startedAtMs, outcome, lastedMs }) =>
      (outcome === 'good' || lastedMs >= longEnoughMs) && !(containerId === compared.containerId && startedAtMs === compared.startedAtMs),
  );
  return candidates.reduce<RememberedRun | null>(
    (newest, run) => (newest === null || run.startedAtMs > newest.startedAtMs ? run : newest),
    null,
  );
}

const order: readonly RunChange['what'][] = [
  'image',
  'image-content',
  'command',
  'environment',
  'port',
  'mount',
  'limit',
  'user',
  'network',
];

/** What is different, in the order of what most often breaks things; values that may be secret are null on both sides. */
export function compareRuns(before: readonly RunTrait[], after: readonly RunTrait[]): readonly RunChange[] {
  const old = byKey(before);
  const now = byKey(after);
  const changes: RunChange[] = [];
  for (const [key, { what, name, shown, token }] of now) {
    const was = old.get(key);
    if (was === undefined) changes.push({ what, name, kind: 'added', before: null, after: shown });
    else if (was.token !== token) changes.push({ what, name, kind: 'changed', before: was.shown, after: shown });
  }
  for (const [key, { what, name, shown }] of old) {
    if (!now.has(key)) changes.push({ what, name, kind: 'removed', before: shown, after: null });
  }
  // Another name is another content: said once.
  const renamed = changes.some(({ what }) => what === 'image');
  return changes
    .filter(({ what }) => !(renamed && what === 'image-content'))
    .sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function byKey(traits: readonly RunTrait[]): ReadonlyMap<string, RunTrait> {
  return new Map(traits.map((trait) => [`${trait.what}\n${trait.name}`, trait]));
}
