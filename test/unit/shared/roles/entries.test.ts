import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { roleEntries, roleEntryOf } from '../../../../src-shared/roles';
import { usual } from '../../../../src-shared/roles/folders';
import { killClasses, type RoleEntry, roleCategories } from '../../../../src-shared/roles/role-entry';

const entriesFolder = join(__dirname, '../../../../src-shared/roles/entries');

/** Ids of the entries that break a rule: an empty list reads better in a failure than a thousand expectations. */
function breaking(rule: (entry: RoleEntry) => boolean): string[] {
  return roleEntries.filter(rule).map((entry) => entry.id);
}

function countOf(platform: RoleEntry['platform']): number {
  return roleEntries.filter((entry) => entry.platform === platform).length;
}

function namesMeet(left: string, right: string): boolean {
  const leftStem = left.replace(/\*$/, '');
  const rightStem = right.replace(/\*$/, '');
  if (left === leftStem && right === rightStem) return left === right;
  if (left === leftStem) return left.startsWith(rightStem);
  if (right === rightStem) return right.startsWith(leftStem);
  return leftStem.startsWith(rightStem) || rightStem.startsWith(leftStem);
}

function isBelow(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(`${other}/`) || folder.startsWith(`${other}\\`);
}

function foldersMeet(left: RoleEntry, right: RoleEntry): boolean {
  const leftFolders = left.folders ?? usual;
  const rightFolders = right.folders ?? usual;
  return leftFolders.some((one) => rightFolders.some((other) => isBelow(one, other) || isBelow(other, one)));
}

function isNarrower(entry: RoleEntry): boolean {
  return entry.arguments !== undefined || entry.titles !== undefined || entry.parents !== undefined;
}

/** What singles an entry out: two that say the same here can never be told apart. */
function narrowWords(entry: RoleEntry): readonly string[] {
  return [
    ...(entry.arguments ?? []),
    ...(entry.titles ?? []).map((title) => `title ${title}`),
    ...(entry.parents ?? []).map((parent) => `parent ${parent}`),
  ];
}

function ambiguousPairs(entries: readonly RoleEntry[]): string[] {
  const pairs: string[] = [];
  for (const [index, left] of entries.entries()) {
    for (const right of entries.slice(index + 1)) {
      if (left.platform !== right.platform || (left.category === 'kernel') !== (right.category === 'kernel')) continue;
      const meeting = left.names.filter((name) => right.names.some((other) => namesMeet(name, other)));
      if (meeting.length === 0) continue;
      if (left.category !== 'kernel' && !foldersMeet(left, right)) continue;
      const shared = narrowWords(left).filter((word) => narrowWords(right).includes(word));
      const apart = isNarrower(left) === isNarrower(right) ? isNarrower(left) && shared.length === 0 : true;
      if (!apart) pairs.push(`${left.id} and ${right.id}: ${[...meeting, ...shared].join(', ')}`);
    }
  }
  return pairs;
}

describe('the role base', () => {
  it('has its size on each platform', () => {
    expect(roleEntries.length).toBeGreaterThanOrEqual(320);
    expect(countOf('linux')).toBeGreaterThanOrEqual(300);
    expect(countOf('darwin')).toBeGreaterThanOrEqual(30);
    expect(countOf('win32')).toBeGreaterThanOrEqual(35);
    expect(roleEntries.filter((entry) => entry.platform === 'linux' && entry.category === 'kernel').length).toBeGreaterThanOrEqual(25);
  });

  it('holds every entry that a topic file has', () => {
    const written = readdirSync(entriesFolder)
      .map((file) => readFileSync(join(entriesFolder, file), 'utf8').match(/^ {2}\{ id: /gm)?.length ?? 0)
      .reduce((sum, count) => sum + count, 0);
    expect(roleEntries).toHaveLength(written);
  });

  it('has unique ids in kebab case', () => {
    const ids = roleEntries.map((entry) => entry.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(breaking((entry) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(entry.id))).toEqual([]);
  });

  it('finds an entry by id and nothing by what is no id', () => {
    expect(roleEntryOf('nginx')?.names).toContain('nginx');
    expect(roleEntryOf('no-such-entry')).toBeNull();
    expect(roleEntryOf('constructor')).toBeNull();
  });

  it('knows each category and stop class', () => {
    expect(breaking((entry) => !roleCategories.includes(entry.category))).toEqual([]);
    expect(breaking((entry) => !killClasses.includes(entry.stop))).toEqual([]);
    expect(breaking((entry) => !['small', 'medium', 'large'].includes(entry.memory))).toEqual([]);
  });

  it('says one plain sentence of at most 140 characters in both languages', () => {
    expect(breaking((entry) => [...entry.en].length > 140 || [...entry.en].length < 10)).toEqual([]);
    expect(breaking((entry) => [...entry.ko].length > 140 || [...entry.ko].length < 5)).toEqual([]);
    expect(breaking((entry) => !/^[A-Za-z.].*\.$/.test(entry.en))).toEqual([]);
    expect(breaking((entry) => /[가-힣]/.test(entry.en))).toEqual([]);
  });

  it('speaks real Korean in the concise style', () => {
    expect(breaking((entry) => (entry.ko.match(/[가-힣]/g)?.length ?? 0) < 5)).toEqual([]);
    expect(breaking((entry) => /(요|니다)[.!]?$/.test(entry.ko) || entry.ko.endsWith('.'))).toEqual([]);
    // Letters of other scripts in a Korean sentence are slips of an input method.
    expect(breaking((entry) => /[^\p{Script=Hangul}\p{Script=Latin}\p{N}\p{P}\p{Z}\p{S}]/u.test(entry.ko))).toEqual([]);
  });

  it('accuses nobody', () => {
    expect(breaking((entry) => /malware|악성/i.test(`${entry.en} ${entry.ko}`))).toEqual([]);
  });

  it('has names, none of them twice, a star only at the end', () => {
    expect(breaking((entry) => entry.names.length === 0 || entry.names.some((name) => name.trim() !== name || name === ''))).toEqual([]);
    expect(breaking((entry) => new Set(entry.names).size !== entry.names.length)).toEqual([]);
    expect(breaking((entry) => entry.names.some((name) => /\*./.test(name) || name === '*'))).toEqual([]);
    expect(breaking((entry) => entry.category !== 'kernel' && entry.names.some((name) => /[/\\]/.test(name)))).toEqual([]);
    expect(breaking((entry) => entry.platform === 'win32' && entry.names.some((name) => name !== name.toLowerCase()))).toEqual([]);
  });

  it('has narrower fields that say something', () => {
    const lists = (entry: RoleEntry) => [entry.folders, entry.arguments, entry.titles, entry.parents, entry.units, entry.users];
    expect(breaking((entry) => lists(entry).some((list) => list !== undefined && (list.length === 0 || list.includes(''))))).toEqual([]);
    expect(breaking((entry) => (entry.ports ?? []).some((port) => !Number.isInteger(port) || port < 1 || port > 65_535))).toEqual([]);
    expect(breaking((entry) => entry.units?.some((unit) => /\.(service|scope|socket)$/.test(unit)) === true)).toEqual([]);
  });

  it('never ends a kernel thread and gives it no folder', () => {
    const kernel = (entry: RoleEntry) => entry.category === 'kernel';
    expect(breaking((entry) => kernel(entry) && (entry.stop !== 'K0' || entry.folders !== undefined))).toEqual([]);
  });

  it('has folders of the forms that are described', () => {
    const isFolder = (folder: string, platform: RoleEntry['platform']) =>
      platform === 'win32'
        ? /^(c:\\|~\\|[^/\\:]+(\\[^/\\:]+)*$)/.test(folder) && folder === folder.toLowerCase()
        : !/[\\*]/.test(folder) && !folder.endsWith('/') && folder !== '';
    expect(breaking((entry) => entry.folders?.some((folder) => !isFolder(folder, entry.platform)) === true)).toEqual([]);
    // Folders that count anywhere in a path are few and known: a slip of a name (of a list of folders, say) would become one.
    const anywhere = new Set([
      'node_modules',
      '.venv/bin',
      'venv/bin',
      '.venv\\scripts',
      'venv\\scripts',
      'actions-runner/bin',
      '.terraform',
    ]);
    const isAnywhere = (folder: string) => !/^(\/|~|c:)/.test(folder);
    expect(breaking((entry) => entry.folders?.some((folder) => isAnywhere(folder) && !anywhere.has(folder)) === true)).toEqual([]);
    // Anybody may write there: a program below it is none of ours.
    const open = (folder: string) =>
      [
        '/',
        '/tmp',
        '/var/tmp',
        '/dev/shm',
        '/home',
        '/root',
        '/run',
        'c:\\',
        '~',
        '~/.cache',
        '~/.config',
        '~/.local',
        '~/.local/share',
        '~/Downloads',
      ].includes(folder);
    expect(breaking((entry) => entry.folders?.some(open) === true)).toEqual([]);
  });

  it('names what each sentence rests on, and where it was not tried', () => {
    expect(breaking((entry) => entry.source.trim().length < 4)).toEqual([]);
    expect(breaking((entry) => (entry.platform !== 'linux') !== entry.source.endsWith('not tested on a device'))).toEqual([]);
  });

  it('never leaves two entries for the same process', () => {
    expect(ambiguousPairs(roleEntries)).toEqual([]);
  });

  it('would notice two entries for the same process', () => {
    const nginx = roleEntryOf('nginx');
    const node = roleEntryOf('node');
    const vite = roleEntryOf('vite');
    if (nginx === null || node === null || vite === null) throw new Error('the base has lost an entry that this test stands on');
    expect(ambiguousPairs([nginx, { ...nginx, id: 'other', names: ['ngin*'] }])).toHaveLength(1);
    expect(ambiguousPairs([nginx, { ...nginx, id: 'other', folders: ['/srv/other'] }])).toEqual([]);
    expect(ambiguousPairs([node, vite])).toEqual([]);
    expect(ambiguousPairs([vite, { ...vite, id: 'other' }])).toHaveLength(1);
  });

  it('keeps its files small', () => {
    const long = readdirSync(entriesFolder).filter((file) => readFileSync(join(entriesFolder, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});
