import { expect, test } from 'vitest';
import { createExplainService, type ExplainServiceDeps } from '../../../../src-main/app/explain-service';
import { SystemctlRefusal } from '../../../../src-main/collectors/services/read-systemd';
import type { ServicesSnapshot } from '../../../../src-shared/snapshots';
import { serviceFacts } from '../rules/sample-facts';

const snapshot: ServicesSnapshot = {
  method: 'process-names',
  services: [
    {
      ...serviceFacts({ unit: 'nginx', state: 'failed (zombie)' }),
      level: 'warning',
      reasons: [{ rule: 'x', text: 'A zombie', values: {} }],
    },
  ],
  ports: [],
  unreadScopes: [],
  level: 'ok',
};

function explain(over: Partial<ExplainServiceDeps>) {
  return createExplainService({
    systemctl: null,
    spawnLines: () => Promise.reject(new Error('no program is started without systemd')),
    moment: () => ({ nowMs: 0, sinceBootMs: 0 }),
    latest: () => snapshot,
    ...over,
  });
}

test('F38: without systemd the card is what the list knows, and no program is started', async () => {
  const card = await explain({})({ unit: 'nginx', scope: 'system' });
  expect(card.sentences.map(({ text }) => text)).toEqual([
    'A zombie',
    'There is no service manager here: it was found by the name of its processes',
  ]);
  expect(card).toMatchObject({ lastLines: [], journalUnreadable: 'There is no journal without systemd.', unitFile: null });
  await expect(explain({})({ unit: 'apache2', scope: 'system' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(explain({ latest: () => null })({ unit: 'nginx', scope: 'system' })).rejects.toMatchObject({ code: 'not-found' });
});

test('a systemd that refuses is a refused request, in its own words', async () => {
  const refuse = () => Promise.reject(new SystemctlRefusal('no-manager', 'systemctl cannot reach systemd: Connection refused'));
  const systemctl = () => ({ listUnits: refuse, listUnitFiles: refuse, show: refuse, showProperties: refuse });
  const spawnLines = async () => ({ kind: 'exited', exitCode: 0, errorText: '' }) as const;
  await expect(explain({ systemctl, spawnLines })({ unit: 'a', scope: 'user' })).rejects.toMatchObject({
    code: 'refused',
    message: 'systemctl cannot reach systemd: Connection refused',
  });
});
