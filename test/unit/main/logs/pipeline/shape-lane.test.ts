import { describe, expect, it } from 'vitest';
import { ContinuationDetector } from '../../../../../src-main/logs/fold/continuation';
import { LogPipeline } from '../../../../../src-main/logs/pipeline/log-pipeline';
import { packBatch } from '../../../../../src-main/logs/pipeline/packed-batch';
import type { LogAppend } from '../../../../../src-main/store/logs/log-store';
import { allRecords, countRecords } from '../../../../../src-main/store/logs/record-run';
import type { LogOrigin } from '../../../../../src-shared/logs/log-record';
import { createChance, fillTemplate, floodTemplates } from '../../../../helpers/flood-lines';

const startedAtMs = Date.UTC(2026, 10, 21, 12);
const origin: LogOrigin = { key: 'container/abc', sourceKind: 'container', name: 'api', kind: 'event' };

/** A pipeline and all that it lets out. */
function rig(byShape: boolean, email: boolean) {
  const kept: LogAppend[] = [];
  const notes = new Map<string, string>();
  let nowMs = startedAtMs;
  let nextId = 1;
  const pipeline = new LogPipeline({
    clock: { nowMs: () => nowMs, monotonicMs: () => nowMs },
    offsetMinutes: () => 0,
    sink: {
      describe: () => undefined,
      append(batch) {
        kept.push(batch);
        const firstId = nextId;
        nextId += countRecords(batch.records, batch.runs);
        return { kind: 'kept', firstId };
      },
      note(key, text) {
        if (text === null) notes.delete(key);
        else notes.set(key, text);
      },
      notes: () => notes,
    },
    hash: () => 'abcdef',
    maskEmail: () => email,
    ownWords: () => null,
    isWanted: () => true,
    mayTakeByShape: () => byShape,
    continuation: () => new ContinuationDetector(),
  });
  return {
    take(texts: readonly string[], position: string) {
      nowMs += 700;
      const lines = texts.map((text, index) => ({
        origin,
        bytes: Buffer.from(text),
        cutBytes: index % 97 === 96 ? 3 : 0,
        // Some are of a day that is not believed.
        atMs: index % 89 === 88 ? nowMs + 2 * 86_400_000 : nowMs - (texts.length - index),
        stated: null,
      }));
      pipeline.take(packBatch({ reader: origin.key, lines, position }));
    },
    flush: (all = false) => pipeline.flush(all),
    told: () => ({ digest: pipeline.digest(-1), patterns: pipeline.listPatterns(10_000), ready: pipeline.readyCount }),
    pass(ms: number) {
      nowMs += ms;
    },
    out: () => ({
      records: kept.map(({ records, runs }) => allRecords(records, runs)),
      positions: kept.map(({ positions }) => positions),
      notes: [...notes],
    }),
    byShapeCount: () => kept.reduce((sum, { runs = [] }) => sum + countRecords([], runs), 0),
  };
}

/** The same lines both ways; gives how many of them were taken by their shape. */
function compare(blocks: readonly (readonly string[])[], email = false): { readonly byShape: number; readonly total: number } {
  const fast = rig(true, email);
  const slow = rig(false, email);
  let total = 0;
  for (const [index, block] of blocks.entries()) {
    for (const one of [fast, slow]) {
      one.take(block, String(index));
      if (index % 3 === 2) one.flush();
      if (index % 7 === 6) one.pass(130_000);
    }
    total += block.length;
    if (index % 5 === 4) expect(fast.told()).toEqual(slow.told());
  }
  for (const one of [fast, slow]) one.flush(true);
  expect(fast.out()).toEqual(slow.out());
  expect(fast.told()).toEqual(slow.told());
  expect(slow.byShapeCount()).toBe(0);
  return { byShape: fast.byShapeCount(), total };
}

function blocksOf(seed: number, templates: readonly string[], count: number, lines: number): string[][] {
  const below = createChance(seed);
  return Array.from({ length: count }, () => {
    // Lines of one kind come together, as they do.
    const some = Array.from({ length: 6 }, () => templates[below(templates.length)] ?? '');
    return Array.from({ length: lines }, () => fillTemplate(some[below(some.length)] ?? '', below));
  });
}

describe('ShapeLane', () => {
  it('takes lines of known shapes as they are taken one by one', () => {
    const { byShape, total } = compare(blocksOf(1, floodTemplates, 150, 200));
    // Most of these lines are made to be looked at.
    expect(byShape / total).toBeGreaterThan(0.05);
  });

  it.each([2, 3, 4])('does so with addresses masked, in blocks of other sizes (%i)', (seed) => {
    compare(blocksOf(seed, floodTemplates, 120, 16 + seed * 30), true);
  });

  it.each(floodTemplates.map((template) => [template]))('takes %j so among ordinary lines', (template) => {
    const ordinary = ['2026-11-21T12:00:00Z INFO ordinary & line', 'cache & without a head', template, template];
    compare(blocksOf(7, ordinary, 12, 120));
  });

  it('hardly looks at the lines of a flood of few shapes', () => {
    const { byShape, total } = compare(blocksOf(5, ['2026-11-21T12:0#:##Z INFO request & took & ms', 'cache hit for %%%%%%%%'], 20, 500));
    expect(byShape / total).toBeGreaterThan(0.9);
  });
});
