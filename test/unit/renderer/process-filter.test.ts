import { describe, expect, test } from 'vitest';
import { sampleProcesses } from '../../../src-renderer/client/sample-processes';
import { matchesTerms, type ProcessTexts } from '../../../src-shared/process-filter/match';
import { type FilterTerm, parseProcessFilter } from '../../../src-shared/process-filter/parse';

const terms = (text: string) => parseProcessFilter(text).terms;
const problems = (text: string) => parseProcessFilter(text).problems;
const G = 1024 ** 3;

describe('the words of the filter', () => {
  const cases: readonly (readonly [string, FilterTerm])[] = [
    ['user:root', { exclude: false, kind: 'text', word: 'user', needle: 'root' }],
    ['USER:Root', { exclude: false, kind: 'text', word: 'user', needle: 'root' }],
    ['-user:root', { exclude: true, kind: 'text', word: 'user', needle: 'root' }],
    ['unit:nginx', { exclude: false, kind: 'text', word: 'unit', needle: 'nginx' }],
    ['project:"my shop"', { exclude: false, kind: 'text', word: 'project', needle: 'my shop' }],
    ['port:3000', { exclude: false, kind: 'between', word: 'port', from: 3000, to: 3000 }],
    ['port:3010-3000', { exclude: false, kind: 'between', word: 'port', from: 3000, to: 3010 }],
    ['port>1024', { exclude: false, kind: 'compared', word: 'port', comparison: '>', value: 1024 }],
    ['pid=7', { exclude: false, kind: 'between', word: 'pid', from: 7, to: 7 }],
    ['risk>40', { exclude: false, kind: 'compared', word: 'risk', comparison: '>', value: 40 }],
    ['risk:high', { exclude: false, kind: 'level', level: 'high' }],
    ['cpu>=50%', { exclude: false, kind: 'compared', word: 'cpu', comparison: '>=', value: 50 }],
    ['mem>1G', { exclude: false, kind: 'compared', word: 'mem', comparison: '>', value: G }],
    ['mem<1.5GiB', { exclude: false, kind: 'compared', word: 'mem', comparison: '<', value: 1.5 * G }],
    ['mem<=1024', { exclude: false, kind: 'compared', word: 'mem', comparison: '<=', value: 1024 }],
    ['state:Z', { exclude: false, kind: 'state', letters: 'z' }],
    ['"free text"', { exclude: false, kind: 'anywhere', needle: 'free text' }],
    ['"a:b"', { exclude: false, kind: 'anywhere', needle: 'a:b' }],
    ['-node', { exclude: true, kind: 'anywhere', needle: 'node' }],
    ['-"two words"', { exclude: true, kind: 'anywhere', needle: 'two words' }],
    ['/dev/shm', { exclude: false, kind: 'anywhere', needle: '/dev/shm' }],
    ['-', { exclude: false, kind: 'anywhere', needle: '-' }],
    ['"open', { exclude: false, kind: 'anywhere', needle: 'open' }],
  ];
  test.each(cases)('%s', (text, term) => {
    expect(parseProcessFilter(text)).toEqual({ terms: [term], problems: [] });
  });

  test('parts are joined by and, whatever the space between them', () => {
    expect(terms('  user:root\t port:80   nginx ').map(({ kind }) => kind)).toEqual(['text', 'between', 'anywhere']);
    expect(parseProcessFilter('   ""  ')).toEqual({ terms: [], problems: [] });
  });
});

describe('what the filter cannot use is said and left out', () => {
  test.each([
    ['users:root', { kind: 'unknown-word', word: 'users', near: 'user' }],
    ['usr:root', { kind: 'unknown-word', word: 'usr', near: 'user' }],
    ['memory>1G', { kind: 'unknown-word', word: 'memory', near: 'mem' }],
    ['tty:pts/1', { kind: 'unknown-word', word: 'tty', near: 'terminal' }],
    ['colour:red', { kind: 'unknown-word', word: 'colour', near: null }],
    ['port:', { kind: 'no-value', word: 'port' }],
    ['port:web', { kind: 'not-a-number', word: 'port', value: 'web' }],
    ['port:1-2-3', { kind: 'not-a-number', word: 'port', value: '1-2-3' }],
    ['mem>lots', { kind: 'not-a-number', word: 'mem', value: 'lots' }],
    ['mem>50%', { kind: 'not-a-number', word: 'mem', value: '50%' }],
    ['pid>3K', { kind: 'not-a-number', word: 'pid', value: '3k' }],
    ['cpu:50', { kind: 'needs-comparison', word: 'cpu' }],
    ['risk:severe', { kind: 'needs-comparison', word: 'risk' }],
  ])('%s', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
    expect(terms(`${text} user:dev`)).toEqual(terms('user:dev'));
  });
});

describe('which processes meet it', () => {
  const { processes } = sampleProcesses(60, true, 1_790_000_000_000, () => 0.5);
  const texts: ProcessTexts = {
    role: ({ role }) => (role.category === 'database' ? 'Keeps data' : ''),
    container: ({ container }) => (container === null ? '' : 'shop-web-1'),
    pod: () => '',
    reasons: ({ risk }) => risk.reasons.map(({ text }) => text).join(' '),
  };
  const met = (text: string) => processes.filter((one) => matchesTerms(one, terms(text), texts)).map(({ name }) => name);

  test.each([
    ['port:6379', ['redis-server']],
    ['port:3000-5200', ['kworker/u8:9', 'node', 'node']],
    ['risk>40', ['kworker/u8:9', 'updater']],
    ['risk:suspicious', ['updater']],
    ['cpu>50', ['kworker/u8:9', 'java']],
    ['mem>1G', ['java']],
    ['unit:redis', ['redis-server']],
    ['container:web', ['nginx']],
    ['project:old-shop', ['node']],
    ['name:redis', ['redis-server']],
    ['user:redis', ['redis-server']],
    ['user:red', []],
    ['role:database name:redis', ['redis-server']],
    ['role:"keeps data" -name:postgres', ['redis-server']],
    ['class:k4', ['kworker/u8:9', 'node']],
    ['class:k4 -port:5174', ['kworker/u8:9']],
    ['path:/dev/shm', ['kworker/u8:9']],
    ['"stratum+tcp"', ['kworker/u8:9']],
    ['0.0.0.0:4444', ['kworker/u8:9']],
    ['terminal:pts/2 name:java', ['java']],
  ])('%s', (text, names) => {
    expect(met(text)).toEqual(names);
  });

  test('an unknown figure meets no condition', () => {
    const [first] = processes;
    if (first === undefined) throw new Error('no sample');
    const unknown = { ...first, cpuCores: null };
    expect(matchesTerms(unknown, terms('cpu>0'), texts)).toBe(false);
    expect(matchesTerms(unknown, terms('cpu<100'), texts)).toBe(false);
  });
});
