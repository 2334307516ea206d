import { expect, test } from '../helpers/electron-app';

test("a link to this machine's own ports goes to the browser, a web address after a question, any other nowhere", async ({ launch }) => {
  const app = await launch();
  const page = await app.window();
  await app.electron.evaluate(({ dialog, shell }) => {
    const opened: string[] = [];
    const asked: string[] = [];
    Object.assign(globalThis, { opened, asked, answer: 1 });
    // A native dialog cannot be clicked from here: what it would show is kept, the answer is set.
    dialog.showMessageBox = (async ({ detail }: { readonly detail?: string }) => {
      asked.push(detail ?? '');
      return { response: (globalThis as unknown as { answer: number }).answer, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
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
  const asked = () => app.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  // Each was answered with no.
  expect(await asked()).toEqual(['https://example.org/', 'http://192.168.0.1/']);
  await app.electron.evaluate(() => Object.assign(globalThis, { answer: 0 }));
  await page.evaluate(() => window.open('https://example.org/docs?x=1#y', '_blank', 'noreferrer'));
  await expect.poll(opened).toContain('https://example.org/docs?x=1#y');
  expect(app.electron.windows()).toHaveLength(1);
});
