import { expect, shareApp, test } from '../helpers/electron-app';

const shared = shareApp();

test('gives the page two functions and no Node', async () => {
  const { app, page } = await shared.open();
  const exposed = await page.evaluate(() => ({
    bridge: Object.keys(window.logscope ?? {}).sort(),
    globals: ['require', 'process', 'module', 'Buffer', '__dirname', 'electron', 'ipcRenderer'].filter((name) => name in window),
    origin: location.origin,
    request: typeof window.logscope?.request,
  }));
  expect(exposed).toEqual({ bridge: ['on', 'request'], globals: [], origin: 'app://bundle', request: 'function' });
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    // Not in the typings, there since Electron 4.
    type WithPreferences = { getLastWebPreferences(): Electron.WebPreferences | null };
    return BrowserWindow.getAllWindows().map((one) => (one.webContents as unknown as WithPreferences).getLastWebPreferences());
  });
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('refuses requests that the contract does not have', async () => {
  const { page } = await shared.open();
  const replies = await page.evaluate(async () => {
    const request = window.logscope?.request as (name: unknown, input?: unknown) => Promise<unknown>;
    return Promise.all(['evil', '__proto__', 'constructor', '', 7, null, {}].map((name) => request(name)));
  });
  for (const reply of replies) expect(reply).toMatchObject({ ok: false });
  const badInput = await page.evaluate(() => window.logscope?.request('processes.preview', { id: '1', pid: 1 } as never));
  expect(badInput).toMatchObject({ ok: false, error: { code: 'bad-input' } });
});

test('serves its own files only', async () => {
  const { page } = await shared.open();
  const statuses = await page.evaluate(() =>
    Promise.all(
      ['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '..%5c..%5cpackage.json', '/etc/passwd', 'index.html%00', 'gone.js', ''].map(
        (path) => fetch(`app://bundle/${path}`).then((response) => response.status),
      ),
    ),
  );
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 404]);
  const policy = await page.evaluate(() =>
    fetch('app://bundle/index.html').then((response) => response.headers.get('content-security-policy')),
  );
  expect(policy).toContain("default-src 'none'");
});

test('runs no script from outside and reaches no other address', async () => {
  const { page } = await shared.open();
  const violations = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    const inline = document.createElement('script');
    inline.textContent = 'window.hacked = true';
    document.body.append(inline);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(frame);
    await fetch('https://example.org/').catch(() => undefined);
    const image = new Image();
    image.src = 'https://example.org/a.png';
    // The events come in tasks of their own.
    while (new Set(seen).size < 4)
      await new Promise((resolve) => document.addEventListener('securitypolicyviolation', resolve, { once: true }));
    frame.remove();
    return { seen: [...new Set(seen)].sort(), hacked: 'hacked' in window };
  });
  expect(violations).toEqual({ seen: ['connect-src', 'frame-src', 'img-src', 'script-src-elem'], hacked: false });
});

test('breaks its own policy nowhere while it starts', async () => {
  const { page } = await shared.open();
  // Listening from the first line of the document on.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    document.addEventListener('securitypolicyviolation', (event) => seen.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  await page.reload();
  await expect(page.getByRole('region', { name: 'Host' })).toContainText(/\d\s?%/);
  for (const section of ['Containers', 'Services', 'Processes', 'Logs', 'Alerts', 'Settings', 'Overview']) {
    await page.getByRole('navigation', { name: 'Sections' }).getByText(section, { exact: true }).first().click();
  }
  expect(await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual([]);
});

test('goes nowhere, opens nothing, is granted nothing', async () => {
  const { app, page } = await shared.open();
  // A link to elsewhere is asked about (port-links.spec.ts); nobody is here to say no.
  await app.electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 1, checkboxChecked: false })) as typeof dialog.showMessageBox;
  });
  const opened = await page.evaluate(() => {
    const other = window.open('https://example.org/');
    location.href = 'https://example.org/';
    const link = document.createElement('a');
    link.href = 'data:text/html,hello';
    link.download = 'x.html';
    document.body.append(link);
    link.click();
    return other === null;
  });
  expect(opened).toBe(true);
  expect(await page.evaluate(() => location.href)).toMatch(/^app:\/\/bundle\/index\.html/);
  expect(app.electron.windows()).toHaveLength(1);
  const permissions = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications', 'midi'] as PermissionName[];
    return Promise.all(names.map((name) => navigator.permissions.query({ name }).then((status) => status.state)));
  });
  expect(permissions).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
});
