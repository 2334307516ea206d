import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { sampleContainerDetail } from '../../../src-renderer/client/sample-container-detail';
import { createSampler } from '../../../src-renderer/client/sample-readings';
import { goTo } from '../../../src-renderer/state/ui-store';
import { type ActionResult, type NextLines, RequestError } from '../../../src-shared/contract';
import type { ContainersSnapshot } from '../../../src-shared/snapshots';
import { nowMs, renderWindow } from './render-window';

const readings = createSampler({ containerCount: 14, processCount: 5, trouble: true, everyState: true, seed: 3 }).readings(nowMs);
const idOf = (name: string) => {
  const containers = readings.find(({ source }) => source === 'containers')?.reading;
  const snapshot = containers?.kind === 'ok' ? (containers.data as ContainersSnapshot) : null;
  const found = snapshot?.containers.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.id;
};

async function openDetail(name: string, options: Parameters<typeof renderWindow>[0] = {}) {
  const view = await renderWindow({
    readings,
    ...options,
    handlers: {
      'containers.detail': ({ id }) => sampleContainerDetail(id, nowMs),
      'logs.open': () => ({ stream: 's1' }),
      'logs.next': () => new Promise<NextLines>(() => undefined),
      'logs.close': () => ({ closed: true }),
      ...options.handlers,
    },
  });
  await act(async () => goTo(view.state.ui, { section: 'containers', item: idOf(name) }));
  return { ...view, panel: within(screen.getByRole('complementary', { name: 'Detail' })) };
}

const press = (button: HTMLElement) => act(async () => void fireEvent.click(button));

test('tells what changed since it last ran well, without a value that is secret', async () => {
  const { panel } = await openDetail('shop-postgres-1');
  const changes = panel.getByRole('region', { name: 'Changed since it last ran well' });
  expect(changes.textContent).toContain('Limit memory1 GB → is now512 MB');
  expect(changes.textContent).toContain('Variable DATABASE_URLanother value');
  expect(changes.textContent).toContain('Mount /etc/app/certs');
});

test('mounts, labels, networks, events and names of variables open on demand; values are masked', async () => {
  const { panel } = await openDetail('shop-postgres-1');
  expect(panel.queryByText('POSTGRES_PASSWORD')).toBeNull();
  for (const title of [/^Environment/, /^Mounts/, /^Labels/, /^Events/, /^Networks/])
    await press(panel.getByRole('button', { name: title }));
  expect(panel.getByText('POSTGRES_PASSWORD').parentElement?.textContent).toBe('POSTGRES_PASSWORD•••');
  expect(panel.getByText('/var/lib/postgresql/data')).toBeTruthy();
  expect(panel.getByText('org.opencontainers.image.revision')).toBeTruthy();
  expect(panel.getByText('172.20.0.5')).toBeTruthy();
  expect(panel.getByText('ran out of memory')).toBeTruthy();
  expect(panel.getAllByText(/^ended · exit code 137$/)).toHaveLength(2);
});

test('opens the live log of the container, and closes it with the panel', async () => {
  const { client } = await openDetail('shop-api-1');
  const id = idOf('shop-api-1');
  expect(client.asked).toContainEqual({ name: 'logs.open', input: { target: { kind: 'container', id }, tail: 300 } });
  expect(screen.getByRole('log', { name: 'Live log' })).toBeTruthy();
  fireEvent.keyDown(window, { key: 'Escape' });
  expect(screen.queryByRole('complementary')).toBeNull();
  expect(client.asked.at(-1)).toEqual({ name: 'logs.close', input: { stream: 's1' } });
});

test('a port is a link that the browser opens', async () => {
  const { panel } = await openDetail('shop-api-1');
  const link = panel.getByRole('link', { name: 'Open http://localhost:8080 in the browser' });
  expect(link.getAttribute('href')).toBe('http://localhost:8080');
  expect(link.getAttribute('target')).toBe('_blank');
  expect(link.getAttribute('rel')).toBe('noreferrer');
});

test('what destroys asks first, naming what is lost; a refusal stays in the dialog', async () => {
  const answers: ActionResult[] = [
    { outcome: 'failed', text: 'the engine is busy' },
    { outcome: 'done', text: '' },
  ];
  const { panel, client } = await openDetail('shop-api-1', {
    handlers: { 'containers.act': () => answers.shift() ?? { outcome: 'failed', text: 'asked too often' } },
  });
  expect(panel.queryByRole('button', { name: /^Remove/ })).toBeNull();
  await press(panel.getByRole('button', { name: 'Stop shop-api-1' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Confirm' }));
  expect(dialog.getByText('Stop shop-api-1?')).toBeTruthy();
  expect(dialog.getByText(/nothing answers at port 8080/)).toBeTruthy();
  expect(client.asked.some(({ name }) => name === 'containers.act')).toBe(false);
  await press(dialog.getByRole('button', { name: 'Stop' }));
  expect(client.asked.at(-1)).toEqual({ name: 'containers.act', input: { id: idOf('shop-api-1'), action: 'stop' } });
  expect(dialog.getByText('It did not work. the engine is busy')).toBeTruthy();
  await press(dialog.getByRole('button', { name: 'Try again' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(panel.getByText(/Stop: done/)).toBeTruthy();
});

test('only an ended one can be removed, and its volumes are named', async () => {
  const { panel } = await openDetail('shop-postgres-1');
  expect(panel.queryByRole('button', { name: /^Stop/ })).toBeNull();
  await press(panel.getByRole('button', { name: 'Remove shop-postgres-1' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Confirm' }));
  expect(dialog.getByText('Everything it wrote outside of its volumes is lost for good.')).toBeTruthy();
  expect(dialog.getByText('These volumes stay: shop_data.')).toBeTruthy();
});

test('what loses nothing is done at once and says what came of it', async () => {
  const { panel, client } = await openDetail('obs-reports-1', {
    handlers: {
      'containers.act': () => {
        throw new RequestError('not-allowed', 'no');
      },
    },
  });
  await press(panel.getByRole('button', { name: 'Resume obs-reports-1' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(client.asked.at(-1)).toEqual({ name: 'containers.act', input: { id: idOf('obs-reports-1'), action: 'unpause' } });
  expect(panel.getByText(/Resume: It did not work. This door is read-only./)).toBeTruthy();
});

test('without a terminal the shell is a command to copy', async () => {
  const { panel } = await openDetail('shop-api-1', {
    handlers: {
      'containers.shell': () => ({ outcome: 'no-terminal', command: ['docker', 'exec', '-it', 'abc', 'sh', '-c', 'a b'], text: 'none' }),
    },
  });
  await press(panel.getByRole('button', { name: 'Open a shell: shop-api-1' }));
  expect(panel.getByText("docker exec -it abc sh -c 'a b'")).toBeTruthy();
  expect(panel.getByRole('button', { name: 'Copy the command' })).toBeTruthy();
});

test('through a read-only door there is no action, and one line says why', async () => {
  const { panel } = await openDetail('shop-api-1', { actionsAllowed: false });
  for (const name of [/^Stop/, /^Restart/, /^Pause shop/, /^Open a shell/]) expect(panel.queryByRole('button', { name })).toBeNull();
  expect(panel.getByText(/--allow-actions/)).toBeTruthy();
});

test('a detail that cannot be read says so, and the rest stays', async () => {
  const { panel } = await openDetail('shop-api-1', {
    handlers: {
      'containers.detail': () => {
        throw new RequestError('unexpected', 'The engine did not answer.');
      },
    },
  });
  expect(panel.getByRole('alert').textContent).toContain('The engine did not answer.');
  expect(panel.getByRole('log', { name: 'Live log' })).toBeTruthy();
});
