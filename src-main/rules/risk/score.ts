import type { Level } from '../../../src-shared/level';
import { evidenceParts, type ProcessFacts, type Risk, type RiskAxis, type RiskLevel, type RiskReason } from '../../../src-shared/snapshots';
import { reason } from '../reason';
import { behaviour } from './behaviour';
import { identity } from './identity';
import { network } from './network';
import { isTrusted, origin } from './origin';
import { privilege } from './privilege';
import { resource } from './resource';
import type { RiskFamily, RiskHit, RiskSubject } from './rule';

/** In the order that reasons of equal weight are shown in. */
export const riskFamilies: readonly RiskFamily[] = [behaviour, identity, origin, network, privilege, resource];

export const noticeFrom = 20;
export const suspiciousFrom = 40;
export const highFrom = 70;
/** Exposure and health never make a row red; this much of them makes it yellow. */
const exposureWarningFrom = 70;
const healthWarningFrom = 40;
const trustFactor = 0.6;
const laterOfFamilyFactor = 0.5;
const exposureWeight = 0.8;
const healthWeight = 0.6;

interface WeighedHit extends RiskHit {
  readonly family: RiskFamily['name'];
}

/** How unusual a process looks, never "is malware". The model with all its figures: docs/risk-model.md. */
export function judgeRisk(subject: RiskSubject): Risk {
  if (subject.process.kernelThread) return noRisk;
  const expected = subject.context.policy?.expectedRules ?? [];
  const { hits, expectedRules } = collectHits(subject, expected);
  const evidenceRatio = evidenceRatioOf(subject.process);
  if (hits.length === 0) return { ...noRisk, evidenceRatio, expectedRules };

  const weighed = weigh(hits);
  const threatHits = weighed.filter(({ axis }) => axis === 'threat');
  const mayBeHigh = threatHits.some(({ decisive }) => decisive === true) || new Set(threatHits.map(({ family }) => family)).size >= 2;
  const threat = Math.min(sumOf(weighed, 'threat'), mayBeHigh ? 100 : highFrom - 1);
  const axes = { threat, exposure: Math.min(100, sumOf(weighed, 'exposure')), health: Math.min(100, sumOf(weighed, 'health')) };
  const riskLevel = riskLevelOf(threat);
  return {
    score: Math.round(Math.max(threat, exposureWeight * axes.exposure, healthWeight * axes.health)),
    level: levelOf(riskLevel, axes),
    riskLevel,
    axes,
    evidenceRatio,
    reasons: weighed.sort(heaviestFirst).map(toReason),
    expectedRules,
  };
}

const noRisk: Risk = {
  score: 0,
  level: 'ok',
  riskLevel: 'ordinary',
  axes: { threat: 0, exposure: 0, health: 0 },
  evidenceRatio: 1,
  reasons: [],
  expectedRules: [],
};

function collectHits(subject: RiskSubject, expected: readonly string[]): { hits: readonly WeighedHit[]; expectedRules: readonly string[] } {
  const met: WeighedHit[] = [];
  const expectedRules: string[] = [];
  let trusted: boolean | null = null;
  for (const { name, rules } of riskFamilies) {
    for (const rule of rules) {
      const hit = rule(subject);
      if (hit === null) continue;
      if (expected.includes(hit.rule)) {
        expectedRules.push(hit.rule);
        continue;
      }
      if (hit.weak === true) trusted ??= isTrusted(subject);
      const points = hit.weak === true && trusted === true ? hit.points * trustFactor : hit.points;
      met.push({ ...hit, family: name, points });
    }
  }
  const firm = new Set(met.filter(({ corroborating }) => corroborating !== true).map(({ axis }) => axis));
  return { hits: met.filter(({ axis, corroborating }) => corroborating !== true || firm.has(axis)), expectedRules };
}

/** Within a family of an axis the heaviest hit counts fully, the others by half: one fact is not counted three times. */
function weigh(hits: readonly WeighedHit[]): WeighedHit[] {
  const heaviest = new Map<string, WeighedHit>();
  for (const hit of hits) {
    const key = `${hit.axis}/${hit.family}`;
    if (hit.points > (heaviest.get(key)?.points ?? 0)) heaviest.set(key, hit);
  }
  return hits.map((hit) => {
    const isHeaviest = heaviest.get(`${hit.axis}/${hit.family}`) === hit;
    return { ...hit, points: Math.round(isHeaviest ? hit.points : hit.points * laterOfFamilyFactor) };
  });
}

function sumOf(hits: readonly WeighedHit[], axis: RiskAxis): number {
  return hits.reduce((sum, hit) => (hit.axis === axis ? sum + hit.points : sum), 0);
}

export function riskLevelOf(threat: number): RiskLevel {
  if (threat >= highFrom) return 'high';
  if (threat >= suspiciousFrom) return 'suspicious';
  return threat >= noticeFrom ? 'notice' : 'ordinary';
}

function levelOf(riskLevel: RiskLevel, axes: Risk['axes']): Level {
  if (riskLevel === 'high') return 'critical';
  if (riskLevel === 'suspicious') return 'warning';
  return axes.exposure >= exposureWarningFrom || axes.health >= healthWarningFrom ? 'warning' : 'ok';
}

const axisOrder: Readonly<Record<RiskAxis, number>> = { threat: 0, exposure: 1, health: 2 };

/** By weight, then by what is graver, then by name: the same facts give the same order. */
function heaviestFirst(a: WeighedHit, b: WeighedHit): number {
  return b.points - a.points || axisOrder[a.axis] - axisOrder[b.axis] || (a.rule < b.rule ? -1 : 1);
}

function toReason({ rule, values, axis, points }: WeighedHit): RiskReason {
  return { ...reason(rule, values), axis, points };
}

/** Parts of the evidence that could be read, and whether the executable is known. */
function evidenceRatioOf({ exe, evidence }: ProcessFacts): number {
  const all = evidenceParts.length + 1;
  const seen = (exe === null ? 0 : 1) + (evidence === null ? 0 : evidenceParts.length - evidence.missing.length);
  return Math.max(0, seen / all);
}
