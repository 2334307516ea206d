import { describe, expect, it } from 'vitest';
import { en } from '../../../../../src-shared/messages/en';
import { ko } from '../../../../../src-shared/messages/ko';
import { riskOf } from './risk-samples';

const rules = Object.keys(en)
  .filter((key) => key.startsWith('reason.risk-'))
  .map((key) => key.slice('reason.'.length));
const parts = ['reason', 'risk.why', 'risk.innocent', 'risk.check'] as const;
const valuesIn = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
const catalogues: Readonly<Record<'en' | 'ko', Readonly<Record<string, string>>>> = { en, ko };

describe('the words of the risk rules', () => {
  it('are there: what was seen, why it matters, what is innocent, what to look at, in both languages', () => {
    expect(rules.length).toBeGreaterThan(35);
    for (const rule of rules) {
      for (const part of parts) {
        for (const language of ['en', 'ko'] as const)
          expect(catalogues[language][`${part}.${rule}`], `${language} ${part}.${rule}`).toMatch(/\S/);
      }
    }
  });

  it('name the same values in both languages, and none outside the sentence of what was seen', () => {
    for (const rule of rules) {
      const known = valuesIn(catalogues.en[`reason.${rule}`] ?? '');
      expect(valuesIn(catalogues.ko[`reason.${rule}`] ?? ''), rule).toEqual(known);
      for (const part of parts.slice(1))
        for (const words of [en, ko] as const)
          expect(valuesIn((words as Readonly<Record<string, string>>)[`${part}.${rule}`] ?? '')).toEqual([]);
    }
  });

  it('never say that something is malware', () => {
    for (const [key, text] of Object.entries({
      ...en,
      ...Object.fromEntries(Object.entries(ko).map(([key, text]) => [`ko ${key}`, text])),
    })) {
      if (key.includes('risk-'))
        expect(text, key).not.toMatch(/malware|virus|trojan|hacked|infected|\uc545\uc131|\ubc14\uc774\ub7ec\uc2a4|\ud574\ud0b9/i);
    }
  });

  it('are filled with what was seen', () => {
    const { reasons } = riskOf({
      process: {
        exe: '/dev/shm/xmrig',
        exeDeleted: true,
        name: 'kworker/0:1',
        command: 'x --token abcdefgh',
        uid: 0,
        user: 'root',
        listening: [{ protocol: 'tcp', address: '0.0.0.0', port: 2375 }],
      },
    });
    expect(reasons.length).toBeGreaterThan(4);
    for (const { text } of reasons) expect(text).not.toContain('{{');
  });
});
