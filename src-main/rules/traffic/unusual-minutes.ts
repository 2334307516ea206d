import type { TrafficMinute } from '../../../src-shared/traffic/report';

/** Minutes in a row in which something was unlike the rest. */
export interface UnusualSpell {
  readonly fromAtMs: number;
  readonly minutes: number;
  readonly requests: number;
  readonly meanMs: number;
  readonly serverErrors: number;
}

/** Fewer minutes say nothing about what is usual. */
const leastMinutes = 15;
const leastRequests = 10;
const jumpFactor = 3;
const leastJumpMs = 20;
const burstErrors = 10;
const burstShare = 0.1;
const minuteMs = 60_000;

/** Middle of the minutes' mean times; null: too few minutes, or no times. */
export function usualMeanMs(minutes: readonly TrafficMinute[]): number | null {
  const means = minutes.filter(({ requests }) => requests >= leastRequests).map(({ meanMs }) => meanMs);
  const known = means.filter((mean) => mean !== null).sort((a, b) => a - b);
  return known.length < leastMinutes ? null : (known[known.length >> 1] ?? null);
}

/** The worst spell of at least three minutes that took three times as long as usual. */
export function findLatencyJump(minutes: readonly TrafficMinute[]): UnusualSpell | null {
  const usual = usualMeanMs(minutes);
  if (usual === null) return null;
  const limit = Math.max(usual * jumpFactor, usual + leastJumpMs);
  const spells = spellsOf(minutes, ({ requests, meanMs }) => requests >= leastRequests && meanMs !== null && meanMs >= limit);
  return worst(
    spells.filter((spell) => spell.minutes >= 3),
    (spell) => (spell.meanMs - usual) * spell.requests,
  );
}

/** The worst spell in which at least a tenth of the requests failed, five times as many as otherwise. */
export function findServerErrorBurst(minutes: readonly TrafficMinute[]): UnusualSpell | null {
  if (minutes.length < leastMinutes) return null;
  const spells = spellsOf(minutes, ({ requests, serverErrors }) => serverErrors >= 3 && serverErrors >= requests * burstShare);
  const spell = worst(
    spells.filter(({ serverErrors }) => serverErrors >= burstErrors),
    ({ serverErrors }) => serverErrors,
  );
  if (spell === null) return null;
  const all = minutes.reduce((sum, one) => ({ requests: sum.requests + one.requests, errors: sum.errors + one.serverErrors }), {
    requests: 0,
    errors: 0,
  });
  const restRequests = all.requests - spell.requests;
  const restRatio = restRequests === 0 ? 1 : (all.errors - spell.serverErrors) / restRequests;
  return spell.serverErrors / spell.requests >= restRatio * 5 ? spell : null;
}

function spellsOf(minutes: readonly TrafficMinute[], isUnusual: (minute: TrafficMinute) => boolean): readonly UnusualSpell[] {
  const spells: UnusualSpell[] = [];
  let run: TrafficMinute[] = [];
  for (const minute of minutes) {
    const last = run[run.length - 1];
    if (last !== undefined && (!isUnusual(minute) || minute.atMs - last.atMs > minuteMs)) {
      spells.push(spellOf(run));
      run = [];
    }
    if (isUnusual(minute)) run.push(minute);
  }
  return run.length > 0 ? [...spells, spellOf(run)] : spells;
}

function spellOf(run: readonly TrafficMinute[]): UnusualSpell {
  const sum = (figure: (minute: TrafficMinute) => number) => run.reduce((total, minute) => total + figure(minute), 0);
  const requests = sum((minute) => minute.requests);
  return {
    fromAtMs: run[0]?.atMs ?? 0,
    minutes: run.length,
    requests,
    meanMs: requests === 0 ? 0 : sum((minute) => (minute.meanMs ?? 0) * minute.requests) / requests,
    serverErrors: sum((minute) => minute.serverErrors),
  };
}

function worst(spells: readonly UnusualSpell[], weight: (spell: UnusualSpell) => number): UnusualSpell | null {
  return spells.toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}
