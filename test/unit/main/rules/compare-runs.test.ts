import { describe, expect, it } from 'vitest';
import { chooseGoodRun, compareRuns } from '../../../../src-main/rules/compare-runs';
import type { RunTrait } from '../../../../src-shared/runs';
import { rememberedRun } from '../../../helpers/run-samples';

const plain = (what: RunTrait['what'], name: string, text: string): RunTrait => ({ what, name, shown: text, token: text });
const variable = (name: string, token: string): RunTrait => ({ what: 'environment', name, shown: null, token });

describe('compareRuns', () => {
  it('tells nothing about equal runs, in whatever order', () => {
    const traits = [plain('image', '', 'api:1'), variable('A', 'h1'), plain('port', '80/tcp', '8080')];
    expect(compareRuns(traits, [...traits].reverse())).toEqual([]);
  });
  it('tells what was added, removed and changed, what breaks most often first; secrets on neither side', () => {
    const before = [
      plain('network', '', 'shop'),
      plain('image', '', 'api:1'),
      variable('B', 'h1'),
      variable('GONE', 'h2'),
      plain('port', '80/tcp', '8080'),
    ];
    const after = [
      plain('network', '', 'host'),
      plain('image', '', 'api:1'),
      variable('B', 'h9'),
      variable('A', 'h3'),
      plain('port', '80/tcp', '9090'),
    ];
    expect(compareRuns(before, after)).toEqual([
      { what: 'environment', name: 'A', kind: 'added', before: null, after: null },
      { what: 'environment', name: 'B', kind: 'changed', before: null, after: null },
      { what: 'environment', name: 'GONE', kind: 'removed', before: null, after: null },
      { what: 'port', name: '80/tcp', kind: 'changed', before: '8080', after: '9090' },
      { what: 'network', name: '', kind: 'changed', before: 'shop', after: 'host' },
    ]);
  });
  it('names another image once, and the same name with other content as such', () => {
    const run = (name: string, content: string) => [plain('image', '', name), plain('image-content', '', content)];
    expect(compareRuns(run('api:1', 'a'), run('api:2', 'b')).map(({ what }) => what)).toEqual(['image']);
    expect(compareRuns(run('api:1', 'a'), run('api:1', 'b')).map(({ what }) => what)).toEqual(['image-content']);
  });
});

describe('chooseGoodRun', () => {
  const compared = { containerId: 'now', startedAtMs: 9 };
  it('takes the newest that went well and not the compared one', () => {
    const runs = [
      rememberedRun(9, { containerId: 'now' }),
      rememberedRun(8, { outcome: 'crashed' }),
      rememberedRun(7, { containerId: 'now' }),
      rememberedRun(6),
    ];
    expect(chooseGoodRun(runs, compared)?.startedAtMs).toBe(7);
  });
  it('takes one that served an hour before it crashed', () => {
    expect(chooseGoodRun([rememberedRun(8, { outcome: 'crashed', lastedMs: 3_600_000 })], compared)?.startedAtMs).toBe(8);
    expect(chooseGoodRun([rememberedRun(8, { outcome: 'crashed' })], compared)).toBeNull();
    expect(chooseGoodRun([], compared)).toBeNull();
  });
});
