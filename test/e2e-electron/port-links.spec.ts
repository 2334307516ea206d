import { expect, test } from '../helpers/electron-app';

test("a link to this machine's own ports goes to the browser, any other nowhere", async ({ launch }) => {
  const app = await launch();
  const page = await app.window();
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    // No browser on the test machine: what it would be given is kept.
    shell.openExternal = (address) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
  const windows = await page.evaluate(() => {
    const addresses = [
      'http://localhost:8080',
      'https://example.org/',
      'http://127.0.0.1:9000/x',
      'file:///etc/passwd',
      'http://192.168.0.1/',
    ];
    return addresses.map((address) => window.open(address, '_blank', 'noreferrer') === null);
  });
  expect(windows).toEqual([true, true, true, true, true]);
  const opened = () => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual(['http://localhost:8080/', 'http://127.0.0.1:9000/x']);
  expect(app.electron.windows()).toHaveLength(1);
});
