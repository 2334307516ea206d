import { describe, expect, it } from 'vitest';
import { createNoiseFilter } from '../../../../../src-main/logs/noise/noise-rules';
import type { LogOrigin } from '../../../../../src-shared/logs/log-record';
import { createNoiseMatch } from '../../../../../src-shared/logs/noise-match';
import { defaultSettings, type Settings } from '../../../../../src-shared/settings';

const api: LogOrigin = { key: 'container/ab', sourceKind: 'container', name: 'Shop-API', kind: 'event' };
const proxy: LogOrigin = { key: 'container/cd', sourceKind: 'container', name: 'proxy', kind: 'access' };

const rule = (match: string, action: 'drop' | 'keep-only' = 'drop', source = ''): Settings['logs']['noiseRules'][number] => ({
  match,
  action,
  source,
});

describe('createNoiseFilter', () => {
  it('keeps everything without rules', () => {
    expect(createNoiseFilter(defaultSettings.logs.noiseRules)(api, 'anything')).toBe(true);
  });

  it('drops what a word or an expression meets', () => {
    const keeps = createNoiseFilter([rule('HEALTHZ'), rule('/ 2\\d\\d \\d+ms$/'), rule('상태')]);
    const texts = ['GET /healthz', 'GET /x 204 12ms', 'GET /x 500 12ms', '\u1109\u1161\u11bc\u1110\u1162 확인', 'fine'];
    expect(texts.map((text) => keeps(api, text))).toEqual([false, false, true, false, true]);
  });

  it('counts only for the sources whose name holds the part', () => {
    const keeps = createNoiseFilter([rule('x', 'drop', 'shop-a')]);
    expect([keeps(api, 'x'), keeps(proxy, 'x'), keeps(api, 'y')]).toEqual([false, true, true]);
  });

  it('keeps only what one of those rules meets, unless another drops it', () => {
    const keeps = createNoiseFilter([rule('error', 'keep-only', 'api'), rule('/^warn/i', 'keep-only', 'api'), rule('ignored')]);
    expect(['an Error', 'WARN x', 'info', 'error ignored'].map((text) => keeps(api, text))).toEqual([true, true, false, false]);
    expect(keeps(proxy, 'info')).toBe(true);
  });

  it('lets rules do nothing that could stall every line or make no sense', () => {
    const keeps = createNoiseFilter([rule('/(a+)+$/'), rule('/(/'), rule('/(a+)+$/', 'keep-only')]);
    expect(keeps(api, `${'a'.repeat(40)}!`)).toBe(true);
    expect(['/(a+)+$/', '/(/'].map(createNoiseMatch)).toEqual([null, null]);
  });

  it('takes a path for a word', () => {
    const keeps = createNoiseFilter([rule('/var/log')]);
    expect([keeps(api, 'open /VAR/LOG/x'), keeps(api, 'var.log')]).toEqual([false, true]);
  });
});
