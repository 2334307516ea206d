import type { ServiceScope } from '../../../src-shared/snapshots/services';
import type { UnitFacts } from '../../../src-shared/unit-facts';
import { deriveNextRunMs } from './derive';
import { parseTimespan, parseTimestamp } from './parse-systemd';
import { explainedProperties, parseUnitFacts, relatedProperties } from './parse-unit';
import type { Systemctl } from './read-systemd';
import type { Moment } from './systemd-facts';

/**
 * Everything systemd says about one unit, in two spawns: the unit, and all that it needs or that starts it. A unit that does
 * not exist has facts too (not-found). Rejects with SystemctlRefusal.
 */
export async function readUnitFacts(
  systemctl: Pick<Systemctl, 'showProperties'>,
  { unit, scope }: { readonly unit: string; readonly scope: ServiceScope },
  moment: () => Moment,
  signal: AbortSignal,
): Promise<UnitFacts> {
  const [properties] = await systemctl.showProperties(explainedProperties, [unit], signal);
  if (properties === undefined) throw new Error(`systemctl show: no answer about ${unit}`);
  const own = parseUnitFacts(properties, scope);
  const related = await systemctl.showProperties(relatedProperties, [...new Set([...own.needs, ...own.triggeredBy])], signal);
  const byName = new Map(related.map((one) => [one.get('Id') ?? '', one]));
  const { nowMs, sinceBootMs } = moment();
  return {
    ...own,
    failedNeeds: own.needs.filter((name) => isFailed(byName.get(name))),
    triggeredBy: own.triggeredBy.map((name) => {
      const properties = byName.get(name);
      const next = {
        nextCalendarMs: parseTimestamp(properties?.get('NextElapseUSecRealtime') ?? ''),
        nextSinceBootMs: parseTimespan(properties?.get('NextElapseUSecMonotonic') ?? ''),
      };
      return { unit: name, active: properties?.get('ActiveState') === 'active', nextRunAtMs: deriveNextRunMs(next, nowMs, sinceBootMs) };
    }),
  };
}

/** A wanted unit that is merely not installed is no cause of anything. */
function isFailed(properties: ReadonlyMap<string, string> | undefined): boolean {
  return properties?.get('ActiveState') === 'failed' || properties?.get('LoadState') === 'bad-setting';
}
