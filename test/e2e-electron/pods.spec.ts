import { expect, test } from '../helpers/electron-app';
import { crashLoopStatus, makePod } from '../helpers/kubernetes-sample-pods';
import { KubernetesStandIn } from '../helpers/kubernetes-stand-in';
import { waitFor } from '../helpers/wait-for';

/** A pod fails: it is shown, told once, and its clearing takes the notification back. The cluster is the stand-in that satisfies kubectl. */
let cluster: KubernetesStandIn;

test.beforeEach(async () => {
  cluster = await KubernetesStandIn.start();
  cluster.store.add(makePod({ name: 'web-1' }));
  cluster.store.add(makePod({ name: 'dns-1', namespace: 'kube-system' }));
});

test.afterEach(() => cluster.stop());

test('a failing pod is shown and told once, and its recovery too', async ({ launch, notifications }) => {
  const app = await launch({ environment: { KUBECONFIG: cluster.kubeconfig() } });
  const page = await app.window();
  await page
    .getByRole('link', { name: 'Pods' })
    .or(page.getByRole('button', { name: 'Pods' }))
    .first()
    .click();
  const table = page.getByRole('table', { name: 'Pods' }).or(page.getByRole('grid', { name: 'Pods' }));
  const row = table.getByRole('row').filter({ hasText: 'web-1' });
  await expect(row).toContainText('Running', { timeout: 10_000 });
  await waitFor(() => cluster.watchCount > 0, { timeoutMs: 5_000, what: 'the watch' });

  const before = notifications.shown.length;
  const failedAtMs = Date.now();
  cluster.store.update('default', 'web-1', (pod) => {
    pod.status = { ...pod.status, conditions: [], containerStatuses: [crashLoopStatus('main', 1, 'Error')] };
  });
  await expect(row).toContainText('CrashLoopBackOff', { timeout: 3_000 });
  const ofPod = () => notifications.shown.slice(before).filter(({ summary }) => summary.includes('web-1'));
  await waitFor(() => ofPod().length > 0, { timeoutMs: 3_000, what: 'the notification' });
  expect(Date.now() - failedAtMs).toBeLessThan(4_000);
  expect(ofPod()).toMatchObject([{ app: 'LogScope', urgency: 2, summary: 'default/web-1 keeps crashing' }]);
  expect(ofPod()[0]?.body).toContain('Keeps crashing: main restarted 7 times, last with code 1');
  await expect(page.getByRole('alert')).toContainText('web-1');

  cluster.store.remove('default', 'web-1');
  await expect(row).toHaveCount(0);
  await waitFor(() => notifications.withdrawn.includes(ofPod()[0]?.id ?? -1), {
    timeoutMs: 5_000,
    what: 'the notification to be withdrawn',
  });
  expect(ofPod()).toHaveLength(1);
});

test('a program that the kubeconfig names is shown in full and run only after consent', async ({ launch }) => {
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: cluster.token } };
  const args = [JSON.stringify(credential)];
  const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: 'echo', args } };
  const app = await launch({ environment: { KUBECONFIG: cluster.kubeconfig({ user }) } });
  const page = await app.window();
  await page
    .getByRole('link', { name: 'Pods' })
    .or(page.getByRole('button', { name: 'Pods' }))
    .first()
    .click();
  await expect(page.getByText(/echo .*ExecCredential/).first()).toBeVisible({ timeout: 10_000 });
  expect(cluster.requests).toEqual([]);
  await page.getByRole('button', { name: 'Run it' }).click();
  const table = page.getByRole('table', { name: 'Pods' }).or(page.getByRole('grid', { name: 'Pods' }));
  await expect(table.getByRole('row').filter({ hasText: 'web-1' })).toBeVisible({ timeout: 10_000 });
});
