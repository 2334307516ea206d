import { describe, expect, it } from 'vitest';
import { bytesQuantity, durationParts, formatBytes, formatSocket, percentFigure, truncateMiddle } from '../../../src-shared/format';
import { worstLevel } from '../../../src-shared/level';
import { en } from '../../../src-shared/messages/en/index';
import { ko } from '../../../src-shared/messages/ko/index';
import { translate, translateOr } from '../../../src-shared/messages/translate';
import { applySettingsPatch, defaultSettings } from '../../../src-shared/settings';

describe('format', () => {
  it.each([
    [null, '–'],
    [0, '0 B'],
    [999, '999 B'],
    [1000, '0.98 KB'],
    [1536, '1.5 KB'],
    [1024 ** 3 * 19.4, '19.4 GB'],
    [1024 ** 2 * 188.4, '188 MB'],
    [1024 ** 3, '1 GB'],
  ])('%s bytes -> %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('keeps figure and unit apart', () => {
    expect(bytesQuantity(2048)).toEqual({ figure: '2', unit: 'KB' });
  });

  it.each([
    [0.344, false, '34'],
    [0.004, true, '0.4'],
    [0.0996, true, '10'],
    [null, true, '–'],
  ])('ratio %s precise %s -> %s', (ratio, precise, text) => {
    expect(percentFigure(ratio, precise)).toBe(text);
  });

  it('tells the two largest units of a duration', () => {
    expect(durationParts(183_840)).toEqual([
      { amount: 2, unit: 'd' },
      { amount: 3, unit: 'h' },
    ]);
    expect(durationParts(86_400)).toEqual([{ amount: 1, unit: 'd' }]);
    expect(durationParts(0.4)).toEqual([{ amount: 0, unit: 's' }]);
  });

  it('truncates in the middle by code points, and writes sockets as URLs do', () => {
    expect(truncateMiddle('abcdefghij', 5)).toBe('ab…ij');
    expect(truncateMiddle('😀😀😀😀', 3)).toBe('😀…😀');
    expect(formatSocket('::1', 80)).toBe('[::1]:80');
  });
});

describe('messages', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

  it('have the same values in both languages', () => {
    const differing = Object.keys(en).filter((key) => {
      const english: string = en[key as keyof typeof en];
      const korean: string = ko[key as keyof typeof en];
      const extra = placeholders(korean).filter((name) => !placeholders(english).includes(name));
      return extra.length > 0 || korean.trim() === '';
    });
    expect(differing).toEqual([]);
  });

  it('fills values, picks the singular, and never interprets a value', () => {
    expect(translate('en', 'reason.container-restarting', { count: 1 })).toBe('Restarting, 1 restart so far');
    expect(translate('en', 'reason.container-restarting', { count: 2 })).toBe('Restarting, 2 restarts so far');
    expect(translate('en', 'reason.service-failed', { result: '{{result}} $& <b>' })).toBe('Failed: {{result}} $& <b>');
    expect(translateOr('ko', 'reason.no-such-rule', 'as it is')).toBe('as it is');
  });
});

describe('settings and levels', () => {
  it('lays a patch over one group without losing its other values', () => {
    const changed = applySettingsPatch(defaultSettings, { thresholds: { cpuWarningRatio: 0.5 }, theme: 'retro' });
    expect(changed).toEqual({ ...defaultSettings, theme: 'retro', thresholds: { ...defaultSettings.thresholds, cpuWarningRatio: 0.5 } });
  });

  it('weighs levels', () => {
    expect([worstLevel([]), worstLevel(['inactive', 'unknown']), worstLevel(['warning', 'critical', 'ok'])]).toEqual([
      'ok',
      'unknown',
      'critical',
    ]);
  });
});
