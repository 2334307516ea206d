import { describe, expect, it } from 'vitest';
import { sourceDetail } from '../../../../src-shared/logs/source-detail';
import { absencesEn } from '../../../../src-shared/messages/en/absences';
import { type AbsenceKey, sayAbsence } from '../../../../src-shared/messages/say-absence';
import { say, sentencesIn } from '../../../../src-shared/sentence';

describe('the detail of a source', () => {
  const link = say('logSource.link', { path: '/srv/a.log' });

  it('is none without a sentence', () => {
    expect(sourceDetail([])).toEqual({ detail: null });
  });

  it('is English, with its sentences beside it where one is ours', () => {
    expect(sourceDetail([link, { text: 'no space left' }])).toEqual({
      detail: 'It is a link to /srv/a.log. no space left',
      sentences: [
        { text: 'It is a link to /srv/a.log.', key: 'logSource.link', values: { path: '/srv/a.log' } },
        { text: 'no space left' },
      ],
    });
    expect(sentencesIn('ko', sourceDetail([link]).sentences ?? [])).toBe('/srv/a.log을(를) 가리키는 링크입니다.');
  });

  it('is only text where all of it is the words of others', () => {
    expect(sourceDetail([{ text: 'socket hang up' }])).toEqual({ detail: 'socket hang up' });
    expect(sourceDetail([{ text: '' }])).toEqual({ detail: '' });
  });

  it('says an absence as the whole catalogue does', () => {
    const values = { path: '$& {{path}}', count: 1, place: 'x' };
    for (const key of Object.keys(absencesEn) as AbsenceKey[]) expect(sayAbsence(key, values)).toEqual(say(key, values));
    expect(sayAbsence('logSource.why.socket')).toEqual({ text: 'It is a socket.', key: 'logSource.why.socket' });
  });
});
