import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveBundleFile, serveBundle } from '../../../../src-main/electron/app-scheme';
import { contentSecurityPolicy } from '../../../../src-main/electron/security-policy';

describe('resolveBundleFile', () => {
  it.each([
    ['app://bundle/index.html', '/out/renderer/index.html'],
    ['app://bundle/assets/a.js?v=1#top', '/out/renderer/assets/a.js'],
    ['app://bundle/assets/../index.html', '/out/renderer/index.html'],
    ['app://bundle/%69ndex.html', '/out/renderer/index.html'],
    // The URL parser takes plain dots out before we see them: they cannot leave the folder.
    ['app://bundle/../../../index.html', '/out/renderer/index.html'],
  ])('%s is %s', (address, file) => {
    expect(resolveBundleFile('/out/renderer', address)).toBe(file);
  });

  it.each([
    'app://bundle/',
    'app://bundle',
    'app://bundle/assets',
    'app://elsewhere/index.html',
    'https://bundle/index.html',
    'file:///etc/passwd.html',
    'not an address',
    'app://bundle/..%2f..%2fpackage.json',
    'app://bundle/..%2F..%2F..%2F..%2Fetc/hosts.txt',
    'app://bundle/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://bundle/..%5c..%5cpackage.json',
    'app://bundle/..%252f..%252fpackage.json',
    'app://bundle/index.html%00.png',
    'app://bundle/%E0%A4%A.html',
    'app://bundle/..%2frenderer-other/index.html',
    'app://bundle/main.ts',
    'app://bundle/.inputs',
    'app://bundle/constructor',
  ])('%s is nothing', (address) => {
    expect(resolveBundleFile('/out/renderer', address)).toBeNull();
  });
});

describe('serveBundle', () => {
  let folder = '';
  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'logscope-bundle-')), 'renderer');
    mkdirSync(join(folder, 'folder.html'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<p>page</p>');
    writeFileSync(join(folder, '..', 'secret.json'), '{}');
  });
  afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

  const get = (path: string, method = 'GET') => serveBundle(folder, { url: `app://bundle/${path}`, method });

  it('serves a file with its type and the policy', async () => {
    const response = await get('index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>page</p>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['gone.html', 'folder.html', '..%2fsecret.json', `${'a'.repeat(5_000)}.html`, 'index.html/x.html'])(
    'answers 404 for %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('answers only to GET', async () => {
    expect((await get('index.html', 'POST')).status).toBe(404);
  });
});

describe('contentSecurityPolicy', () => {
  it('lets no script in but our own files, and nothing by default', () => {
    const rules = Object.fromEntries(
      contentSecurityPolicy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
    );
    expect(rules).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'connect-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
  });
});
