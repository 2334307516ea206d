import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withPdfReports } from '../../../../src-main/electron/pdf-report';
import { allTraffic, type Reply } from '../../../../src-shared/contract';
import { temporaryDirectory } from '../../../helpers/temporary-directory';
import { createFakeCore } from '../../../helpers/web-fake-core';

const caller = { actionsAllowed: true };
const input = { session: 's', filter: allTraffic };
const exported: Reply<unknown> = { ok: true, value: { fileName: 'access.html', mediaType: 'text/html', text: '<h1>hello</h1>' } };

function open(answer: Reply<unknown>, path: string | null) {
  const core = createFakeCore(() => answer);
  const suggested: string[] = [];
  const lines: string[] = [];
  const asked = withPdfReports({
    core,
    print: async (html) => Buffer.from(`PDF of ${html}`),
    askWhere: async (name) => {
      suggested.push(name);
      return path;
    },
    log: (line) => lines.push(line),
  });
  return { core, asked, suggested, lines };
}

describe('traffic.pdf in the desktop app', () => {
  it('prints the HTML report and saves it for this user only', async () => {
    const path = join(temporaryDirectory(), 'a.pdf');
    const { core, asked, suggested } = open(exported, path);
    expect(await asked.handle('traffic.pdf', input, caller)).toEqual({ ok: true, value: { saved: true, path } });
    expect(readFileSync(path, 'utf8')).toBe('PDF of <h1>hello</h1>');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(suggested).toEqual(['access.pdf']);
    expect(core.requests).toEqual([{ name: 'traffic.export', input: { ...input, format: 'html' }, caller }]);
  });

  it('saves nothing when the person closes the dialog', async () => {
    const { asked } = open(exported, null);
    expect(await asked.handle('traffic.pdf', input, caller)).toEqual({ ok: true, value: { saved: false, path: null } });
  });

  it('tells why it could not be saved, passes refusals on, and checks its input', async () => {
    const nowhere = join(temporaryDirectory(), 'missing', 'a.pdf');
    expect(await open(exported, nowhere).asked.handle('traffic.pdf', input, caller)).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    });
    expect(existsSync(nowhere)).toBe(false);
    const gone: Reply<unknown> = { ok: false, error: { code: 'not-found', message: 'gone' } };
    expect(await open(gone, nowhere).asked.handle('traffic.pdf', input, caller)).toEqual(gone);
    for (const bad of [null, {}, { session: 's', filter: null }, { ...input, path: '/etc/x' }])
      expect(await open(exported, nowhere).asked.handle('traffic.pdf', bad, caller)).toMatchObject({ error: { code: 'bad-input' } });
  });

  it('lets everything else through as it is', async () => {
    const { core, asked } = open(exported, null);
    await asked.handle('settings.get', null, caller);
    expect(core.requests).toEqual([{ name: 'settings.get', input: null, caller }]);
  });
});
