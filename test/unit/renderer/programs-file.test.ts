import { expect, test } from 'vitest';
import { samplePolicies } from '../../../src-renderer/client/sample-programs';
import { changeTexts } from '../../../src-renderer/views/programs/program-changes';
import { parseProgramFile, programsAsJson } from '../../../src-renderer/views/programs/program-file';
import { matchesProgram } from '../../../src-renderer/views/programs/programs-view';
import { createWords } from '../../../src-renderer/words/use-words';

const policies = samplePolicies(1_000_000_000_000);
const entry = { exe: '/usr/bin/x', name: 'x' };
const words = createWords('en');

test('what was exported can be imported: the same entries, without who and when', () => {
  const parsed = parseProgramFile(programsAsJson(policies));
  expect('drafts' in parsed && parsed.drafts).toEqual(policies.map(({ author: _author, updatedAtMs: _at, ...draft }) => draft));
});

test('a bare list and a mark of UTF-8 are understood, and what is left out has its usual value', () => {
  expect(parseProgramFile(`\ufeff${JSON.stringify([entry])}`)).toEqual({
    drafts: [{ ...entry, sha256: null, role: null, category: null, verdict: null, note: '', expectedRules: [] }],
  });
});

test.each([
  ['{', { kind: 'notJson' }],
  ['{"a":1}', { kind: 'noList' }],
  ['7', { kind: 'noList' }],
  ['null', { kind: 'noList' }],
  ['[]', { kind: 'empty' }],
  [JSON.stringify(Array.from({ length: 5001 }, () => entry)), { kind: 'tooMany' }],
  [
    JSON.stringify([entry, { ...entry, exe: '/b', verdict: 'kill' }]),
    { kind: 'badEntry', number: 2, name: '/b', detail: expect.stringMatching(/^verdict: /) },
  ],
  [
    JSON.stringify([entry, { name: 'nameless' }]),
    { kind: 'badEntry', number: 2, name: 'nameless', detail: expect.stringMatching(/^exe: /) },
  ],
  [
    JSON.stringify([{ ...entry, surprise: 1 }]),
    { kind: 'badEntry', number: 1, name: '/usr/bin/x', detail: expect.stringContaining('surprise') },
  ],
  [JSON.stringify([entry, entry]), { kind: 'badEntry', number: 2, name: '/usr/bin/x', detail: 'exe: stands there twice' }],
  [JSON.stringify([entry, 'text']), { kind: 'badEntry', number: 2, name: '', detail: expect.any(String) }],
  [JSON.stringify([{ ...entry, sha256: 'abc' }]), { kind: 'badEntry', number: 1, name: '/usr/bin/x', detail: 'sha256: not a SHA-256' }],
])('a file that is not taken names what is wrong: %.60s', (text, problem) => expect(parseProgramFile(text)).toEqual({ problem }));

test('a change in words: written down, changed, taken away, removed, the same again', () => {
  const [first] = policies;
  if (first === undefined) throw new Error('no sample');
  const at = { atMs: 1, author: 'dev' };
  expect(changeTexts(words, { ...at, policy: first }, null)).toEqual([
    'written down',
    'what it is for: Nightly backup of /home to the NAS',
    'category: Storage',
    'verdict: Never end',
  ]);
  expect(changeTexts(words, { ...at, policy: { ...first, verdict: 'watch', role: null, note: 'why' } }, first)).toEqual([
    'what it is for taken away',
    'verdict: Never end → Watch',
    'note: why',
  ]);
  expect(changeTexts(words, { ...at, policy: null }, first)).toEqual(['removed']);
  expect(changeTexts(words, { ...at, policy: first }, first)).toEqual(['saved again without a change']);
});

test('the search looks into name, path, words of the verdict and notes; all words have to be there', () => {
  const found = (text: string) => policies.filter((policy) => matchesProgram(words, policy, text)).map(({ name }) => name);
  expect(found('')).toHaveLength(policies.length);
  expect(found('never end')).toEqual(['backupd']);
  expect(found('CARGO dev')).toEqual(['cargo-watch']);
  expect(found('vite')).toEqual(['legacy-bundler-with-a-long-name']);
  expect(found('backupd vite')).toEqual([]);
});
