import { describe, expect, test } from 'vitest';
import { sampleContainers } from '../../../src-renderer/client/sample-containers';
import { createRandom } from '../../../src-renderer/client/sample-random';
import { groupContainers, groupKey, listEntries } from '../../../src-renderer/views/containers/container-groups';
import { compareGroups } from '../../../src-renderer/views/containers/container-order';
import { containerNote, cpuWords, forecastText, probeText, staleText } from '../../../src-renderer/views/containers/container-words';
import { engineName, remedyOf } from '../../../src-renderer/views/containers/engine-strip';
import { shellText } from '../../../src-renderer/views/detail/container-actions';
import { portAddress, portText } from '../../../src-renderer/views/detail/container-ports';
import { createWords } from '../../../src-renderer/words/use-words';
import type { Container } from '../../../src-shared/snapshots';

const en = createWords('en');
const ko = createWords('ko');
const nowMs = 1_700_000_000_000;
const { containers } = sampleContainers({ count: 14, trouble: true, everyState: true, nowMs, random: createRandom(3) });

function named(name: string): Container {
  const found = containers.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe('a state in words', () => {
  test.each([
    ['shop-postgres-1', 'exited · Killed: out of memory (code 137)'],
    ['shop-importer-1', 'restarting · Keeps crashing: restarted 14 times · Exited with code 1: the program reported an error'],
    ['obs-reports-1', 'Paused'],
    ['old-cache', 'Dead: the engine could not remove it'],
    ['dev-seed-data-1', 'Created, never started'],
    ['shop-web-1', ''],
    ['scratch', 'exited · Stopped on request'],
    ['shop-migrate-1', 'exited · Finished'],
    ['obs-nats-1', ''],
  ])('%s: %j', (name, note) => {
    expect(containerNote(en, named(name))).toBe(note);
  });

  test('a forecast is said once', () => {
    const keycloak = named('auth-keycloak-1');
    expect(forecastText(en, keycloak)).toBe('memory full in about 12 min');
    expect(forecastText(ko, keycloak)).toBe('약 12분 후 메모리 가득 참');
    expect(containerNote(en, keycloak)).toContain(' · memory full in about 12 min');
    const said = { rule: 'container-memory-forecast', text: 'Full soon', values: {} };
    expect(containerNote(en, { ...keycloak, reasons: [said] })).not.toContain('memory full');
    expect(containerNote(en, { ...keycloak, memoryFullInSeconds: 7200 })).not.toContain('memory full');
    expect(forecastText(en, { memoryFullInSeconds: 7200 })).toBe('memory full in about 2 h');
    expect(forecastText(en, { memoryFullInSeconds: 200_000 })).toBeNull();
    expect(forecastText(en, { memoryFullInSeconds: null })).toBeNull();
    expect(forecastText(en, { memoryFullInSeconds: 0.2 })).toBe('memory full in about 1 s');
  });

  test('the last probe with its output, hostile characters made harmless', () => {
    expect(probeText(en, named('edge-gateway-1'))).toMatch(/^Check failed 4 times in a row: curl: \(7\)/);
    const probe = { exitCode: 1, output: ' \u001b[31mbad\u202e ', endedAtMs: null, failingStreak: 1 };
    expect(probeText(en, { lastProbe: probe })).toBe('Check failed once: bad\ufffd');
    expect(probeText(en, { lastProbe: { ...probe, exitCode: 0 } })).toBeNull();
    expect(probeText(en, { lastProbe: null })).toBeNull();
  });

  test('both scales of CPU', () => {
    const container = { ...named('shop-api-1'), cpuCores: 1.5, cpuAvailableCores: 2, cpuHostRatio: 0.1875 };
    expect(cpuWords(en, container)).toBe('1.50 of 2 cores · 150 % of one core · 19 % of the machine');
  });

  test('a stale run names what is newer', () => {
    const lines = staleText(en, named('shop-web-1')).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('image registry.example.com/shop/web:2.14.0');
    expect(lines[2]).toContain('/home/dev/shop/web/src/cart/total.ts');
  });
});

describe('groups', () => {
  const groups = groupContainers(containers);

  test('by compose project, pod, or none, each with its worst level and its sums', () => {
    const byName = new Map(groups.map((group) => [group.name, group]));
    expect(groups.map(({ kind }) => kind).sort()).toEqual(['compose', 'compose', 'compose', 'compose', 'compose', 'none', 'pod']);
    expect(byName.get('default/web-7d4b9c6f5-x2x1p')).toMatchObject({ kind: 'pod', level: 'ok', runningCount: 2 });
    const auth = byName.get('auth');
    expect(auth?.level).toBe('warning');
    expect(auth?.cpuCores).toBe(named('auth-keycloak-1').cpuCores);
    expect(byName.get('shop')?.level).toBe('critical');
    expect(groups.reduce((sum, group) => sum + group.containers.length, 0)).toBe(containers.length);
  });

  test('without any figure a sum is unknown, not zero', () => {
    expect(groupContainers([named('shop-postgres-1')])[0]).toMatchObject({ cpuCores: null, memoryUsedBytes: null, runningCount: 0 });
  });

  test('the worst first; without a project last among equals', () => {
    const order = [...groups].sort((a, b) => compareGroups(a, b, { column: 'level', descending: true })).map(({ name }) => name);
    expect(order.slice(0, 3)).toEqual(['edge', 'shop', '']);
  });

  test('a folded group shows its heading only', () => {
    const few = ['shop-postgres-1', 'auth-keycloak-1', 'shop-api-1'].map(named);
    const groupOf = new Map(few.map((one) => [one.id, groupKey(one)]));
    const [shop, auth] = [groupKey(named('shop-api-1')), groupKey(named('auth-keycloak-1'))];
    const ids = few.map(({ id }) => id);
    const entries = listEntries([shop, auth], ids, groupOf, (key) => key === shop);
    expect(entries).toEqual([
      { kind: 'group', key: shop },
      { kind: 'container', id: ids[0] },
      { kind: 'container', id: ids[2] },
      { kind: 'group', key: auth },
    ]);
  });
});

describe('ports', () => {
  const port = { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0' };
  const local = { endpoint: 'unix:///var/run/docker.sock' };

  test.each([
    [port, local, 'http://localhost:8080'],
    [{ ...port, hostAddress: '127.0.0.1' }, local, 'http://localhost:8080'],
    [{ ...port, hostAddress: '::' }, local, 'http://localhost:8080'],
    [{ ...port, containerPort: 443 }, local, 'https://localhost:8080'],
    [port, { endpoint: 'tcp://127.0.0.1:2375' }, 'http://localhost:8080'],
    [{ ...port, hostPort: null }, local, null],
    [{ ...port, protocol: 'udp' }, local, null],
    [{ ...port, hostAddress: '192.168.0.7' }, local, null],
    [port, { endpoint: 'tcp://build-server:2375' }, null],
    [port, { endpoint: 'ssh://dev@build-server' }, null],
    [port, undefined, null],
  ])('%j of %j', (mapping, engine, address) => {
    expect(portAddress(mapping, engine)).toBe(address);
  });

  test('as text', () => {
    expect(portText(port)).toBe('0.0.0.0:8080 → 80/tcp');
    expect(portText({ ...port, hostPort: null })).toBe('80/tcp');
  });
});

test('what one copies of a remedy is its command where it names one', () => {
  expect(remedyOf('Start it: systemctl --user start docker')).toBe('systemctl --user start docker');
  expect(remedyOf('Run `colima start` and wait.')).toBe('colima start');
  expect(remedyOf('Restart the engine.')).toBe('Restart the engine.');
});

test('an engine that never answered is named by its address', () => {
  expect(engineName({ identity: null, endpoint: 'unix:///run/user/1000/docker.sock' })).toBe('1000/docker.sock');
  expect(engineName({ identity: null, endpoint: 'tcp://build-server:2375' })).toBe('build-server:2375');
});

test('a command is quoted as a shell wants it', () => {
  expect(shellText(['docker', 'exec', '-it', 'abc', 'sh', '-c', "echo 'a b'"])).toBe(`docker exec -it abc sh -c 'echo '\\''a b'\\'''`);
});
