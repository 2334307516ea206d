import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDesktopEntries, desktopEntriesPlaces } from '../../../../src-main/platform/desktop-entries';
import { parseDesktopFile, splitExec } from '../../../../src-main/platform/desktop-file';

describe('parseDesktopFile', () => {
  test('texts in both languages and the program', () => {
    const text =
      '# comment\n[Desktop Entry]\nType=Application\nName=Files\nName[ko]=파일\nComment=Access files\nComment[ko_KR]=파일 열기\nExec=nautilus --new-window %U\n[Desktop Action x]\nName=Other\nExec=other\n';
    expect(parseDesktopFile(text)).toEqual({
      ...{ name: 'Files', nameKorean: '파일', comment: 'Access files', commentKorean: '파일 열기' },
      ...{ program: 'nautilus', argumentCount: 1, hidden: false },
    });
  });

  test.each([
    ['no application', '[Desktop Entry]\nType=Link\nName=a\nExec=b'],
    ['no program', '[Desktop Entry]\nType=Application\nName=a'],
    ['no name', '[Desktop Entry]\nType=Application\nExec=b'],
    ['another group', '[Other]\nType=Application\nName=a\nExec=b'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(parseDesktopFile(text)).toBeNull();
  });

  test('the program behind env', () => {
    const entry = parseDesktopFile('[Desktop Entry]\nType=Application\nName=a\nExec=env -u X A=1 B=2 /opt/a/run %f x');
    expect(entry).toMatchObject({ program: '/opt/a/run', argumentCount: 1 });
  });

  test('quotes and field codes', () => {
    expect(splitExec('"/opt/my app/run" --x "a \\\\"b" %U %%')).toEqual(['/opt/my app/run', '--x', 'a "b', '%%']);
    expect(splitExec('')).toEqual([]);
  });
});

describe('find', () => {
  /** realpath: the temporary folder may itself be a link. */
  function place() {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'logscope-test-')));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const put = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      chmodSync(join(root, path), 0o755);
      return join(root, path);
    };
    const entry = (name: string, title: string, exec: string, folder = 'share') =>
      put(`${folder}/applications/${name}.desktop`, `[Desktop Entry]\nType=Application\nName=${title}\nExec=${exec}\n`);
    const entries = createDesktopEntries({
      dataDirectories: [join(root, 'home'), join(root, 'share')],
      programDirectories: [join(root, 'bin')],
    });
    return { root, put, entry, entries };
  }

  test('by name, by link, and by the own folder of a program', async () => {
    const { root, put, entry, entries } = place();
    const editor = put('bin/editor', '');
    const browser = put('opt/browser/browser', '');
    symlinkSync(put('opt/browser/start.sh', ''), join(root, 'bin/browser'));
    entry('editor', 'Editor', 'editor %F');
    entry('browser', 'Browser', 'browser');
    await entries.refresh();
    expect(entries.find(editor)?.name).toBe('Editor');
    expect(entries.find(browser)?.name).toBe('Browser');
    // A folder of many programs says nothing about the others in it.
    expect(entries.find(put('bin/other', ''))).toBeNull();
  });

  test("a person's entry replaces the system's, and an office suite is not one of its parts", async () => {
    const { put, entry, entries } = place();
    const office = put('opt/office/office', '');
    entry('writer', 'Writer', `${office} --writer %U`);
    entry('office', 'Office', `${office} %U`);
    entry('editor', 'System', put('bin/editor', ''));
    entry('editor', 'Mine', put('bin/editor', ''), 'home');
    await entries.refresh();
    expect(entries.find(office)?.name).toBe('Office');
    expect(entries.find(put('bin/editor', ''))?.name).toBe('Mine');
  });

  test('an interpreter is not the app that it runs; what is not valid is counted', async () => {
    const { put, entry, entries } = place();
    const python = put('bin/python3', '');
    entry('app', 'App', 'python3 /opt/app.py');
    put('share/applications/broken.desktop', 'nonsense');
    await entries.refresh();
    expect(entries.find(python)).toBeNull();
    expect(entries.skippedCount).toBe(1);
  });

  test('the places of the XDG specification', () => {
    const { dataDirectories, programDirectories } = desktopEntriesPlaces(
      { XDG_DATA_DIRS: '/a:relative:/b', PATH: '/p:/usr/bin' },
      '/home/x',
    );
    expect(dataDirectories.slice(0, 3)).toEqual(['/home/x/.local/share', '/a', '/b']);
    expect(programDirectories[0]).toBe('/p');
    expect(new Set(programDirectories).size).toBe(programDirectories.length);
  });
});
