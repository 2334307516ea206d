import { expect, test } from './web-page';

/** The window in a real browser, served by the web door. */
test('opens by its token, which leaves the address, and survives a reload', async ({ openWindow }) => {
  const { page, door } = await openWindow();
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  await expect(page).toHaveURL(`http://127.0.0.1:${door.port}/`);
  expect(await page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]))).not.toContain(
    door.token,
  );
  await page.reload();
  await expect(page.getByRole('region', { name: 'Host' })).toContainText('CPU');
});

test('shows every region with live figures', async ({ openWindow }) => {
  const { page } = await openWindow();
  for (const name of ['Host', 'Containers', 'Services', 'Process risk', 'Newest errors'])
    await expect(page.getByRole('region', { name })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Service states' }).or(page.getByRole('region', { name: 'Services' }))).not.toHaveCount(0);
  await expect(page.getByRole('table', { name: 'Process risk' })).toBeVisible();
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Host' })).toContainText(/\d+\s*%/);
});

test('loads nothing from elsewhere and breaks no rule of its content policy', async ({ page, openWindow }) => {
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await openWindow();
  await expect(page.getByRole('region', { name: 'Host' })).toContainText(/\d+\s*%/);
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

test('without the token there is nothing to see', async ({ page, openWindow, browser }) => {
  const { door } = await openWindow();
  await expect(page.getByRole('region', { name: 'Host' })).toContainText('CPU');
  const stranger = await browser.newContext();
  const elsewhere = await stranger.newPage();
  const answers: number[] = [];
  elsewhere.on('response', (response) => {
    if (response.url().includes('/api/')) answers.push(response.status());
  });
  await elsewhere.goto(`http://127.0.0.1:${door.port}/`);
  await expect.poll(() => answers.length).toBeGreaterThan(0);
  expect(new Set(answers)).toEqual(new Set([401]));
  await expect(elsewhere.getByText('This browser has no session with LogScope')).toBeVisible();
  await expect(elsewhere.getByText(/\d+\s*%/)).toHaveCount(0);
  await stranger.close();
});

test('a page of another origin can neither ask nor listen', async ({ openWindow, browser }) => {
  const { door } = await openWindow();
  const context = await browser.newContext();
  // The visitor has a session: only the Origin tells the pages apart.
  await context.request.post(`http://127.0.0.1:${door.port}/session`, {
    data: { token: door.token },
    headers: { origin: `http://127.0.0.1:${door.port}` },
  });
  const evil = await context.newPage();
  await evil.route('http://localhost.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<title>evil</title>' }));
  await evil.goto('http://localhost.test/');
  const outcome = await evil.evaluate(async (port) => {
    const asked = await fetch(`http://127.0.0.1:${port}/api/readings.latest`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'content-type': 'application/json' },
      body: 'null',
    }).then(
      (response) => `answered ${response.status}`,
      () => 'refused',
    );
    const heard = await new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/events`);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    return { asked, heard };
  }, door.port);
  expect(outcome).toEqual({ asked: 'refused', heard: 'refused' });
  await context.close();
});
