import { crashLoopStatus, makeContainer, makePod } from '../helpers/kubernetes-sample-pods';
import { KubernetesStandIn } from '../helpers/kubernetes-stand-in';
import { test as base, expect } from './web-page';

/** The window against a stand-in cluster over HTTPS; the door finds it through KUBECONFIG, as kubectl would. */
const test = base.extend<{ readonly cluster: KubernetesStandIn }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the wanted parts from this pattern
  cluster: async ({}, use) => {
    const cluster = await KubernetesStandIn.start();
    const before = process.env.KUBECONFIG;
    process.env.KUBECONFIG = cluster.kubeconfig();
    await use(cluster);
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
    await cluster.stop();
  },
});

const web = { owner: { kind: 'ReplicaSet', name: 'web-7d4b9c' }, labels: { 'pod-template-hash': '7d4b9c' } };

test('a pod that begins to crash goes to the top, says why, and a look beside it tells the rest', async ({ cluster, openWindow }) => {
  cluster.store.add(makePod({ name: 'web-7d4b9c-a1', ...web }));
  cluster.store.add(makePod({ name: 'api-1', namespace: 'shop', containers: [makeContainer('api')] }));
  cluster.events.push({
    metadata: { name: 'e1', namespace: 'shop' },
    involvedObject: { kind: 'Pod', name: 'api-1', namespace: 'shop', uid: 'uid-shop-api-1' },
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    count: 3,
    lastTimestamp: new Date().toISOString(),
  });
  const { page } = await openWindow();
  await page.getByRole('navigation').getByRole('button', { name: 'Pods' }).click();
  const table = page.getByRole('table', { name: 'Pods' });
  const row = table.getByRole('row').filter({ hasText: 'api-1' });
  await expect(row).toContainText('Running');

  const statuses = [crashLoopStatus('api', 1, 'Error')];
  const crashing = makePod({ name: 'api-1', namespace: 'shop', containers: [makeContainer('api')], ready: false, statuses });
  cluster.store.update('shop', 'api-1', (pod) => Object.assign(pod, { status: crashing.status }));
  await expect(row).toContainText('CrashLoopBackOff');
  await expect(row).toContainText('restarted 7 times, last with code 1');
  await expect(table.getByRole('row').nth(1)).toContainText('api-1');

  await row.getByRole('button', { name: 'api-1' }).click();
  const panel = page.getByRole('complementary', { name: 'Detail' });
  await expect(panel.getByRole('region', { name: 'Containers' })).toContainText('7 restarts · Run before: error (1)');
  await expect(panel.getByRole('region', { name: 'Events' })).toContainText('Back-off restarting failed container');
  await expect(panel.getByRole('region', { name: 'Live log' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
});

test('namespaces are chosen in the window; what was chosen holds for the next reading', async ({ cluster, openWindow }) => {
  cluster.store.add(makePod({ name: 'web-7d4b9c-a1', ...web }));
  cluster.store.add(makePod({ name: 'api-1', namespace: 'shop' }));
  const { page } = await openWindow('--allow-actions');
  await page.getByRole('navigation').getByRole('button', { name: 'Pods' }).click();
  const rows = page.getByRole('table', { name: 'Pods' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('shop');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('api-1');
});

test('without metrics-server the figures are left out, calmly', async ({ cluster, openWindow }) => {
  cluster.metrics = false;
  cluster.store.add(makePod({ name: 'api-1', namespace: 'shop' }));
  const { page } = await openWindow();
  await page.getByRole('navigation').getByRole('button', { name: 'Pods' }).click();
  await expect(page.getByRole('region', { name: 'Pods' })).toContainText('metrics-server does not answer');
  await expect(page.getByRole('columnheader', { name: 'CPU' })).toHaveCount(0);
});

test('a kubeconfig that signs in with a program waits until the whole command was seen', async ({ cluster, openWindow }) => {
  cluster.store.add(makePod({ name: 'api-1', namespace: 'shop' }));
  const credential = JSON.stringify({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: cluster.token },
  });
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    command: '/bin/echo',
    args: [credential],
  };
  process.env.KUBECONFIG = cluster.kubeconfig({ name: 'with-program', user: { exec } });
  const { page } = await openWindow('--allow-actions');
  await page.getByRole('navigation').getByRole('button', { name: 'Pods' }).click();
  await expect(page.getByRole('figure', { name: 'Command that will be run' })).toContainText('/bin/echo');
  await expect(page.getByRole('figure', { name: 'Command that will be run' })).toContainText('ExecCredential');
  expect(cluster.requests).toEqual([]);
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(page.getByRole('table', { name: 'Pods' })).toContainText('api-1');
});
