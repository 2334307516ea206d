import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createSampler } from '../../../src-renderer/client/sample-readings';
import { goTo } from '../../../src-renderer/state/ui-store';
import { nowMs, renderWindow } from './render-window';

const readings = createSampler({ containerCount: 14, processCount: 5, trouble: true, everyState: true, seed: 3 }).readings(nowMs);

async function showContainers(options: Parameters<typeof renderWindow>[0] = {}) {
  const window = await renderWindow({ readings, ...options });
  act(() => goTo(window.state.ui, { section: 'containers' }));
  return { ...window, region: within(screen.getByRole('region', { name: 'Containers' })) };
}

const press = (button: HTMLElement) => act(async () => void fireEvent.click(button));
const rowOf = (name: string) => {
  const row = screen.getByRole('button', { name }).closest<HTMLElement>('[role="row"]');
  if (!row) throw new Error(`no row of ${name}`);
  return row;
};

test('groups by project and pod, says why and since when an ended one ended', async () => {
  const { region } = await showContainers();
  expect(region.getByRole('table', { name: 'Container states' })).toBeTruthy();
  expect(region.getByRole('button', { name: 'shop, 6 running · 2 exited · 1 other, Critical' })).toBeTruthy();
  expect(rowOf('shop-postgres-1').textContent).toContain('exited · Killed: out of memory (code 137) · 12 s ago');
  expect(rowOf('shop-importer-1').textContent).toContain('Keeps crashing: restarted 14 times');
  expect(rowOf('edge-gateway-1').querySelector('[title*="Connection refused"]')).toBeTruthy();
  const stale = within(rowOf('shop-web-1')).getByText('stale run');
  expect(stale.title).toContain('total.ts');
});

test('a group folds, also by the keyboard, and the list can do without groups', async () => {
  const { region } = await showContainers();
  const shop = region.getByRole('button', { name: /^shop, / });
  await press(shop);
  expect(shop.getAttribute('aria-expanded')).toBe('false');
  expect(region.queryByRole('button', { name: 'shop-postgres-1' })).toBeNull();
  act(() => shop.focus());
  fireEvent.keyDown(shop, { key: 'ArrowRight' });
  expect(region.getByRole('button', { name: 'shop-postgres-1' })).toBeTruthy();
  await press(region.getByRole('button', { name: 'Group' }));
  expect(region.queryByRole('button', { name: /^shop, / })).toBeNull();
  expect(rowOf('shop-api-1').textContent).toContain('shop');
});

test('arrow keys walk the rows, one of which Tab reaches', async () => {
  const { region } = await showContainers();
  const stops = () => screen.getAllByRole('row').flatMap((row) => [...row.querySelectorAll<HTMLElement>('[data-row][tabindex="0"]')]);
  const [first] = stops();
  expect(stops()).toHaveLength(1);
  act(() => first?.focus());
  fireEvent.keyDown(first as HTMLElement, { key: 'ArrowDown' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('edge-gateway-1');
  fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowDown' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('edge-traefik-1');
  expect(stops()).toHaveLength(1);
  fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowUp' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('edge-gateway-1');
  expect(region.getByRole('table')).toBeTruthy();
});

test('both scales of CPU', async () => {
  const { region } = await showContainers();
  const figure = () => Number.parseFloat(rowOf('shop-api-1').textContent?.match(/(\d+)\s*%(?!.*\bof\b)/)?.[1] ?? 'NaN');
  const ofOneCore = figure();
  await press(region.getByRole('radio', { name: 'of the machine' }));
  expect(Math.abs(figure() - ofOneCore / 8)).toBeLessThan(1);
});

test('engines: each with its state, unfolded with what to do and what it keeps on disk', async () => {
  await showContainers();
  const engines = within(screen.getByRole('region', { name: 'Engines' }));
  const line = engines.getByRole('button', { expanded: false });
  expect(line.textContent).toContain('docker 27.3.1');
  expect(line.textContent).toContain('13.9 GB reclaimable · 66.6 GB free');
  expect(line.textContent).toContain('stopped');
  expect(line.textContent).toContain('no permission');
  await press(line);
  expect(engines.getByText('Start it: systemctl --user start docker')).toBeTruthy();
  expect(engines.getAllByRole('button', { name: 'Copy what to do' })).toHaveLength(2);
  const disk = within(engines.getByRole('table', { name: 'On disk' }));
  expect(disk.getByRole('row', { name: /Build cache 208 7.8 GB 7.8 GB/ })).toBeTruthy();
  expect(disk.getByText('66.6 GB of 476 GB free (14 %)')).toBeTruthy();
});

test('the filter narrows to a project and opens what was folded', async () => {
  const { region, state } = await showContainers();
  await press(region.getByRole('button', { name: /^auth, / }));
  const field = region.getByRole('searchbox', { name: 'Filter containers' });
  await act(async () => void fireEvent.change(field, { target: { value: 'KEYCLOAK' } }));
  expect(region.getByRole('button', { name: 'auth-keycloak-1' })).toBeTruthy();
  expect(region.queryByRole('button', { name: 'shop-api-1' })).toBeNull();
  await act(async () => void fireEvent.change(field, { target: { value: 'no such thing' } }));
  expect(region.getByText('Nothing matches')).toBeTruthy();
  expect(state.ui.getState().folds).toMatchObject({ 'containers.compose/unix:///var/run/docker.sock/auth': false });
});

test('on the overview the tooltip of a figure is written when it is pointed at, with the figures of now', async () => {
  const { client } = await renderWindow({ readings });
  const row = within(screen.getByRole('region', { name: 'Containers' }))
    .getByRole('button', { name: /^shop-api-1, / })
    .closest<HTMLElement>('[role="row"]');
  const [cpu, memory] = row?.querySelectorAll<HTMLElement>('[data-tip]') ?? [];
  if (!cpu || !memory) throw new Error('no figures');
  expect(cpu.title).toBe('');
  fireEvent.pointerOver(cpu);
  expect(cpu.title).toMatch(/^[\d.]+ of 2 cores/);
  fireEvent.pointerOver(memory.firstElementChild ?? memory);
  expect(memory.title).toContain('%');
  const later = readings.map((one) =>
    one.source === 'containers' && one.reading.kind === 'ok'
      ? {
          ...one,
          reading: {
            ...one.reading,
            startedAtMs: one.reading.startedAtMs + 1000,
            data: { ...one.reading.data, containers: one.reading.data.containers.map((two) => ({ ...two, cpuCores: 0.123 })) },
          },
        }
      : one,
  );
  act(() => {
    for (const one of later) client.emit({ event: 'reading', payload: one });
  });
  // Not waitFor of the testing library: it looks again at every change of the page, and the pointer is one.
  await vi.waitFor(() => {
    fireEvent.pointerOver(cpu);
    expect(cpu.title).toBe('0.12 of 2 cores');
  });
});
