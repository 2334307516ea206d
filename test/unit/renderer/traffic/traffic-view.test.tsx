import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { sampleTraffic } from '../../../../src-renderer/client/sample-traffic';
import { createTrafficAnswers } from '../../../../src-renderer/client/sample-traffic-answers';
import { openTraffic } from '../../../../src-renderer/state/ui-store';
import { allTraffic } from '../../../../src-shared/contract';
import { say } from '../../../../src-shared/sentence';
// Loaded before the clock of a test runs: in the window it is loaded when it is first opened.
import '../../../../src-renderer/views/traffic/traffic-body';
import { nowMs, renderWindow } from '../render-window';

type Answers = Partial<Parameters<typeof createTrafficAnswers>[0]>;

async function openView(answers: Answers = {}, options: Parameters<typeof renderWindow>[0] = {}) {
  const window = await renderWindow({
    ...options,
    handlers: { ...createTrafficAnswers({ nowMs: () => nowMs, ...answers }), ...options.handlers },
  });
  await act(async () => openTraffic(window.state.ui, null));
  await screen.findByRole('region', { name: /^(Sample traffic|예제 트래픽)$/ });
  await waitFor(() => expect(screen.queryByText(/^Looking for access logs|찾는 중/)).toBeNull());
  return window;
}

async function openFigures(answers: Answers = {}, options: Parameters<typeof renderWindow>[0] = {}) {
  const window = await openView(answers, options);
  await click(screen.getByRole('button', { name: 'Open access.log' }));
  await screen.findByRole('table', { name: 'Endpoints' });
  const asked = <T,>(name: string) => window.client.asked.filter((one) => one.name === name).map(({ input }) => input as T);
  const lastFilter = () => asked<{ filter: unknown }>('traffic.figures').at(-1)?.filter;
  return { ...window, asked, lastFilter };
}

async function click(element: HTMLElement): Promise<void> {
  await act(async () => void fireEvent.click(element));
}

const card = (name: string) => screen.getByRole('group', { name });

test('what was found, by where; what cannot be read says why and cannot be opened', async () => {
  await openView();
  const found = within(screen.getByRole('list', { name: 'Found on this machine' }));
  expect(found.getByText('/var/log/nginx')).toBeTruthy();
  expect(found.getByText('1 GB')).toBeTruthy();
  expect(found.getByText('Access to /var/log/apache2 was refused.')).toBeTruthy();
  expect((found.getByRole('button', { name: 'Open other_vhosts_access.log' }) as HTMLButtonElement).disabled).toBe(true);
  expect(within(screen.getByRole('list', { name: /Containers and pods/ })).getByText('shop-proxy-1')).toBeTruthy();
});

test('with nothing found it explains itself and offers sample data', async () => {
  const { client } = await openView({ found: 'none' });
  expect(screen.getByText('No access log was found on this machine.')).toBeTruthy();
  await click(screen.getByRole('button', { name: 'Look at sample traffic' }));
  await screen.findByRole('table', { name: 'Endpoints' });
  expect(client.asked.find(({ name }) => name === 'traffic.open')?.input).toEqual({ input: { kind: 'demo' }, format: 'auto' });
});

test('another file is opened by its path, and only by a whole one', async () => {
  const { client } = await openView({ fits: 0.6 });
  const field = screen.getByLabelText('Another file');
  const open = () => within(screen.getByRole('region', { name: 'Access logs' })).getByRole('button', { name: 'Open' }) as HTMLButtonElement;
  fireEvent.change(field, { target: { value: 'access.log' } });
  expect(open().disabled).toBe(true);
  expect(screen.getByText('Begin with / or ~/.')).toBeTruthy();
  fireEvent.change(field, { target: { value: '~/logs/*.log' } });
  await click(open());
  expect(client.asked.find(({ name }) => name === 'traffic.preview')?.input).toEqual({
    input: { kind: 'files', paths: ['~/logs/*.log'] },
    format: 'auto',
  });
});

test('a format that does not fit is shown before, with its lines; another one can be named', async () => {
  const { client } = await openView({ fits: 0.6 });
  await click(screen.getByRole('button', { name: 'Open access.log' }));
  expect(await screen.findByText(/reads 60.0 % of the first lines/)).toBeTruthy();
  expect(within(screen.getByRole('list', { name: 'First lines' })).getAllByText('Not read').length).toBeGreaterThan(0);
  expect(client.asked.some(({ name }) => name === 'traffic.open')).toBe(false);
  await act(async () => void fireEvent.change(screen.getByLabelText('Read as'), { target: { value: 'own' } }));
  const own = screen.getByLabelText('log_format of nginx or LogFormat of Apache');
  fireEvent.change(own, { target: { value: '$remote_addr $request $status' } });
  await click(screen.getByRole('button', { name: 'Try' }));
  await click(await screen.findByRole('button', { name: 'Show figures' }));
  await screen.findByRole('table', { name: 'Endpoints' });
  expect(client.asked.find(({ name }) => name === 'traffic.open')?.input).toEqual({
    input: { kind: 'files', paths: ['/var/log/nginx/access.log'] },
    format: '$remote_addr $request $status',
  });
});

test('a click narrows everything, chips say to what and take it back', async () => {
  const { lastFilter } = await openFigures();
  expect(lastFilter()).toEqual(allTraffic);
  await click(screen.getByRole('button', { name: 'Narrow to POST /api/orders' }));
  await click(screen.getByRole('button', { name: 'Narrow to 5xx' }));
  await click(screen.getAllByRole('button', { name: 'Narrow to 203.0.113.24' })[0] as HTMLElement);
  await waitFor(() =>
    expect(lastFilter()).toEqual({
      ...allTraffic,
      endpoint: { method: 'POST', path: '/api/orders' },
      status: '5xx',
      client: '203.0.113.24',
    }),
  );
  expect(
    within(screen.getByRole('list', { name: 'Narrowed to' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['EndpointPOST /api/orders', 'Status5xx', 'Client203.0.113.24']);
  expect(screen.getByText(/^Of the newest 100,000 requests, since/)).toBeTruthy();
  await click(screen.getByRole('button', { name: 'Remove Status 5xx' }));
  await waitFor(() => expect(lastFilter()).toMatchObject({ status: null, client: '203.0.113.24' }));
  await click(screen.getByRole('button', { name: 'Show all requests' }));
  await waitFor(() => expect(lastFilter()).toEqual(allTraffic));
  expect(screen.queryByRole('list', { name: 'Narrowed to' })).toBeNull();
  expect(screen.queryByText(/^Of the newest/)).toBeNull();
});

test('a time is chosen by keys: what is pointed at is said, Enter narrows, and the whole comes back', async () => {
  const { lastFilter } = await openFigures();
  const { stretchMs, stretches } = sampleTraffic({ nowMs }).timeline;
  const chart = screen.getByRole('application', { name: /^Requests over time/ });
  const press = (key: string, shiftKey = false) => act(async () => void fireEvent.keyDown(chart, { key, shiftKey }));
  await press('ArrowLeft');
  await press('ArrowLeft', true);
  await press('ArrowLeft', true);
  const first = stretches.length - 3;
  const said = stretches.slice(first).reduce((sum, { requests }) => sum + requests, 0);
  expect(
    within(screen.getByRole('region', { name: 'Over time' })).getByText(new RegExp(`${said.toLocaleString('en')} requests`)),
  ).toBeTruthy();
  await press('Enter');
  const fromMs = stretches[first]?.atMs ?? 0;
  await waitFor(() => expect(lastFilter()).toEqual({ ...allTraffic, fromMs, toMs: fromMs + 3 * stretchMs }));
  await click(screen.getByRole('button', { name: 'Whole time' }));
  await waitFor(() => expect(lastFilter()).toEqual(allTraffic));
});

test('figures that the log does not carry are absent, not 0', async () => {
  await openFigures({ bare: true });
  for (const name of ['Mean', 'p50', 'p90', 'p99', 'Sent']) expect(card(name).textContent).toBe(`${name}–not in the log`);
  expect(within(screen.getByRole('region', { name: 'Slowest requests' })).getByText('no response times in the log')).toBeTruthy();
  const headings = within(screen.getByRole('table', { name: 'Endpoints' })).getAllByRole('columnheader');
  expect(headings.map(({ textContent }) => textContent)).toEqual(['Method and path', 'Requests', 'Errors']);
  expect(screen.getByText('The log carries no agents.')).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'Over time' })).queryByText('p90')).toBeNull();
});

test('what comes from the log is text: markup, controls, marks that turn the writing', async () => {
  const sample = sampleTraffic({ nowMs });
  const [endpoint] = sample.endpoints;
  const report = {
    ...sample,
    endpoints: [{ ...(endpoint as NonNullable<typeof endpoint>), path: '/<img src=x onerror=alert(1)>\u202egpj' }],
    agents: [{ name: '<script>alert(1)</script>\u0007', requests: 1, errorCount: 0 }],
  };
  await openFigures(
    {},
    {
      handlers: {
        'traffic.figures': () => ({ revision: 1, state: 'ended', problem: null, readBytes: 1, totalBytes: 1, report }),
      },
    },
  );
  expect(screen.getByRole('button', { name: /<img src=x onerror=alert\(1\)>\ufffdgpj$/ })).toBeTruthy();
  expect(screen.getByRole('region', { name: 'Agents' }).textContent).toContain('<script>alert(1)</script>\ufffd');
  expect(document.querySelector('main img, main script')).toBeNull();
});

test('while it is read: a bar, how much of it, and a way to stop', async () => {
  const { asked } = await openFigures({ state: 'reading' });
  expect((screen.getByRole('progressbar') as HTMLProgressElement).value).toBeCloseTo(412 / 1024);
  expect(screen.getByText('40.0 % · 1 GB')).toBeTruthy();
  await click(screen.getByRole('button', { name: 'Stop reading' }));
  expect(asked('traffic.cancel')).toEqual([{ session: 't1' }]);
});

test.each([
  ['following', 'Following, 1 GB read'],
  ['ended', 'Read to its end, 1 GB'],
  ['cancelled', 'Stopped by you after 1 GB: the figures are of that part.'],
] as const)('%s is said', async (state, text) => {
  await openFigures({ state });
  expect(screen.getByText(text)).toBeTruthy();
});

test('a log that cannot be read says why, and is tried again', async () => {
  let tries = 0;
  await openView(
    {},
    {
      handlers: {
        'traffic.figures': () => {
          tries += 1;
          return {
            revision: 1,
            state: 'failed',
            problem: say('engine.why.denied', { place: '/var/log/nginx/access.log' }),
            readBytes: 0,
            totalBytes: null,
            report: null,
          };
        },
      },
    },
  );
  await click(screen.getByRole('button', { name: 'Open access.log' }));
  const failed = within(await screen.findByRole('region', { name: 'Not readable' }));
  expect(failed.getByText('Access to /var/log/nginx/access.log was refused.')).toBeTruthy();
  await click(failed.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(tries).toBe(2));
});

test('the session ends when another section is looked at, and when another log is chosen', async () => {
  const { state, asked } = await openFigures();
  await act(async () => state.ui.setState({ section: 'overview' }));
  expect(asked('traffic.close')).toEqual([{ session: 't1' }]);
  await act(async () => state.ui.setState({ section: 'traffic' }));
  await screen.findByRole('table', { name: 'Endpoints' });
  await click(screen.getByRole('button', { name: 'Choose another log' }));
  expect(asked('traffic.close')).toEqual([{ session: 't1' }, { session: 't2' }]);
  expect(await screen.findByRole('list', { name: 'Found on this machine' })).toBeTruthy();
});

test('in Korean, insights with their figures', async () => {
  const { state } = await openView({}, { language: 'ko' });
  await act(async () => openTraffic(state.ui, { input: { kind: 'demo' }, format: 'auto', name: '예제' }));
  expect(await screen.findByText(/^POST \/api\/orders 실패\(5xx\) 398건/)).toBeTruthy();
});
