import { describe, expect, test } from 'vitest';
import { actionResult } from '../../../src-shared/contract/request';
import { unavailable } from '../../../src-shared/reading';
import { englishOf, say, sentencesIn } from '../../../src-shared/sentence';

describe('sentences', () => {
  const state = say('unit.result.state', { unit: 'web.service', active: 'failed', sub: 'failed' });

  test('are English for programs and the language of the person in a window', () => {
    expect(state).toEqual({
      text: 'web.service is failed (failed).',
      key: 'unit.result.state',
      values: { unit: 'web.service', active: 'failed', sub: 'failed' },
    });
    expect(sentencesIn('ko', [state])).toBe('web.service: failed (failed)');
    expect(sentencesIn('en', [state])).toBe(state.text);
  });

  test('words of others stay as they are, and several are kept apart', () => {
    const said = [{ text: 'Job for web.service failed' }, { text: '' }, state];
    expect(englishOf(said)).toBe('Job for web.service failed. web.service is failed (failed).');
    expect(sentencesIn('ko', [say('container.result.refused'), { text: 'container is restarting' }])).toBe(
      '엔진이 거부했습니다: container is restarting',
    );
  });

  test('one alone gets no full stop that it did not have', () => {
    expect(englishOf([{ text: '/proc may not be read' }])).toBe('/proc may not be read');
    expect(englishOf([])).toBe('');
  });

  test('values are never taken for places to fill', () => {
    expect(sentencesIn('ko', [say('engine.why.refused', { place: '{{words}}', words: '$& {{place}}' })])).toBe(
      '{{words}}에서 거부했습니다: $& {{place}}',
    );
  });

  test('a key that this window does not know falls back to the text', () => {
    expect(sentencesIn('ko', [{ text: 'Newer than you.', key: 'engine.why.tomorrow' }])).toBe('Newer than you.');
  });
});

test('an absence carries its sentences only where they are ours', () => {
  expect(unavailable('not-running', 'systemd says no', 'try again')).toEqual({
    kind: 'unavailable',
    reason: 'not-running',
    detail: 'systemd says no',
    hint: 'try again',
  });
  const hint = [say('cluster.remedy.chooseOther'), say('cluster.remedy.thereAre', { names: 'a, b' })];
  const absence = unavailable('not-configured', say('cluster.why.noCurrent'), hint);
  expect(absence).toMatchObject({ detail: 'The kubeconfig names no current context.', hint: 'Choose another. There are: a, b.' });
  expect(sentencesIn('ko', absence.sentences?.hint ?? [])).toBe('다른 것을 선택합니다. 있는 것: a, b.');
  expect(unavailable('disabled', 'off')).not.toHaveProperty('hint');
});

test('a result carries its sentences only where some are ours', () => {
  expect(actionResult('failed', { text: 'no' })).toEqual({ outcome: 'failed', text: 'no' });
  expect(actionResult('gone', say('container.result.gone'))).toMatchObject({ text: 'This container is gone.', sentences: [{}] });
});
