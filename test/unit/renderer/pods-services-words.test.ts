import { describe, expect, test } from 'vitest';
import { samplePods } from '../../../src-renderer/client/sample-pods';
import { sampleServices } from '../../../src-renderer/client/sample-services';
import { isWebAddress } from '../../../src-renderer/views/detail/service-detail-about';
import {
  comparePods,
  containerStateText,
  exitText,
  formatAge,
  isPod,
  matchesPod,
  milliCores,
  podReasons,
  podsSummary,
  readyCounts,
} from '../../../src-renderer/views/pods/pod-words';
import { pinPatch } from '../../../src-renderer/views/services/pin-patch';
import { byStateThenTrouble, matchesService, resultText } from '../../../src-renderer/views/services/service-words';
import { formatPortChecks, parsePortChecks } from '../../../src-renderer/views/settings/port-checks';
import { commandText } from '../../../src-renderer/words/command-text';
import { formatIn } from '../../../src-renderer/words/time';
import { createWords } from '../../../src-renderer/words/use-words';

const en = createWords('en');
const ko = createWords('ko');
const nowMs = 1_800_000_000_000;
const { pods } = samplePods({ count: 14, trouble: true }, nowMs, () => 0.5);
const podCalled = (start: string) => {
  const found = pods.find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(start);
  return found;
};

describe('pods', () => {
  test('worst first, ended well last', () => {
    const order = [...pods].sort((a, b) => comparePods(a, b, { column: 'status', descending: true })).map(({ status }) => status);
    expect(order.slice(0, 5)).toEqual(['CrashLoopBackOff', 'ImagePullBackOff', 'OOMKilled', 'Evicted', 'Pending']);
    expect(order.at(-1)).toBe('Completed');
  });

  test('unknown figures come last whichever way they are sorted', () => {
    for (const descending of [true, false]) {
      const last = [...pods].sort((a, b) => comparePods(a, b, { column: 'cpu', descending })).at(-1);
      expect(last?.cpuCores).toBeNull();
    }
  });

  test('are found by name, namespace, status, owner and reason', () => {
    for (const filter of ['CHECKOUT', 'shop/checkout', 'crashloop', 'deployment/checkout', 'keeps crashing'])
      expect(matchesPod(en, podCalled('checkout'), filter)).toBe(true);
    expect(matchesPod(en, podCalled('checkout'), 'postgres')).toBe(false);
  });

  test('are meant by uid and by namespace/name', () => {
    const pod = podCalled('checkout');
    expect(isPod(pod, pod.uid)).toBe(true);
    expect(isPod(pod, `shop/${pod.name}`)).toBe(true);
    expect(isPod(pod, pod.name)).toBe(false);
  });

  test('say in a row what is wrong and leave what helps to the panel', () => {
    expect(podReasons(en, podCalled('checkout'))).toBe('Keeps crashing: checkout restarted 9 times, last with code 1');
    expect(podReasons(ko, podCalled('checkout'))).not.toContain('restarted');
  });

  test('READY counts the containers that stay', () => {
    expect(readyCounts(podCalled('checkout'))).toEqual({ ready: 0, all: 1 });
    expect(readyCounts(podCalled('api'))).toEqual({ ready: 2, all: 2 });
  });

  test('the summary counts', () => {
    expect(podsSummary(en, pods)).toBe('14 pods · 3 failing · 2 to watch');
    expect(podsSummary(en, [{ level: 'ok' }])).toBe('1 pod');
  });

  test.each([
    [137, 'OOMKilled', 'out of memory (137)'],
    [137, 'Error', 'killed (137)'],
    [0, 'Completed', 'ended well (0)'],
    [42, 'Error', 'exit code 42'],
    [null, 'ContainerStatusUnknown', 'ContainerStatusUnknown'],
    [null, null, null],
  ])('code %s with %s', (code, reason, text) => {
    expect(exitText(en, code, reason)).toBe(text);
  });

  test('a container tells its state, and that it runs but is not ready', () => {
    const container = { state: 'running' as const, reason: null, exitCode: null, ready: false, init: false };
    expect(containerStateText(en, container)).toBe('running · not ready');
    expect(containerStateText(en, { ...container, state: 'waiting', reason: 'CrashLoopBackOff' })).toBe('waiting · CrashLoopBackOff');
    expect(containerStateText(en, { ...container, state: 'terminated', exitCode: 143 })).toBe('ended on request (143)');
  });

  test('age by its largest unit, CPU as kubectl top tells it', () => {
    expect(formatAge(en, 0, 47 * 60_000 + 12_000)).toBe('47 min');
    expect(formatAge(ko, 0, 3 * 86_400_000)).toBe('3일');
    expect(milliCores(0.1234)).toBe('123');
    expect(milliCores(null)).toBeNull();
  });
});

describe('the pin', () => {
  test.each([
    ['a unit nobody named is asked for', { watch: [], ignore: [] }, false, { watch: ['a.service'] }],
    ['what was asked for is taken back', { watch: ['x.timer', 'a'], ignore: [] }, true, { watch: ['x.timer'] }],
    ['a well-known unit is ignored', { watch: ['b.service'], ignore: ['c'] }, true, { ignore: ['c', 'a.service'] }],
    ['an ignored unit is no longer', { watch: [], ignore: ['a.service', 'c'] }, false, { ignore: ['c'] }],
  ])('%s', (_name, settings, watched, patch) => {
    expect(pinPatch(settings, 'a.service', watched)).toEqual(patch);
  });

  test('where services were found by name the suffix does not matter', () => {
    expect(pinPatch({ watch: ['redis.service'], ignore: [] }, 'redis', true)).toEqual({ watch: [] });
  });
});

describe('port checks as lines', () => {
  test('come back as they went', () => {
    const checks = [
      { name: 'PostgreSQL', port: 5432 },
      { name: 'my own API', port: 80 },
    ];
    expect(parsePortChecks(formatPortChecks(checks))).toEqual({ checks, wrong: [] });
  });

  test('a bare port is called by its number; what is none is told', () => {
    expect(parsePortChecks(['8080', 'Redis: 6379', 'Redis', 'x 70000', 'y 0'])).toEqual({
      checks: [
        { name: '8080', port: 8080 },
        { name: 'Redis', port: 6379 },
      ],
      wrong: ['Redis', 'x 70000', 'y 0'],
    });
  });
});

test('a command hides nothing: what is not plain stands in quotes', () => {
  expect(commandText(['/usr/bin/aws', '--cluster', 'a b', "it's", '', '$(id)', 'x\u202ey'])).toBe(
    `/usr/bin/aws --cluster 'a b' 'it'\\''s' '' '$(id)' 'x\ufffdy'`,
  );
});

test('only a web address of a unit file is a link', () => {
  expect(isWebAddress('https://www.example.com/a')).toBe(true);
  for (const other of ['javascript:alert(1)', 'file:///etc/passwd', 'man:sshd(8)', 'https://', ' https://a.example'])
    expect(isWebAddress(other)).toBe(false);
});

test('what lies ahead', () => {
  expect(formatIn(en, nowMs + 57 * 60_000, nowMs)).toBe('in 57 min');
  expect(formatIn(ko, nowMs + 7_200_000, nowMs)).toBe('2시간 후');
  expect(formatIn(en, nowMs - 5000, nowMs)).toBe('now');
});

describe('services', () => {
  const { services } = sampleServices(true, nowMs);

  test('stand by state with the failed first', () => {
    const states = [...services].sort(byStateThenTrouble).map(({ state }) => state);
    expect(states.slice(0, 3)).toEqual(['failed', 'auto-restart', 'active']);
    expect(states.filter((state, index) => state !== states[index - 1])).toHaveLength(new Set(states).size);
  });

  test('are found by unit, by what a timer starts and by where a socket listens', () => {
    const found = (filter: string) => services.filter((one) => matchesService(en, one, filter)).map(({ unit }) => unit);
    expect(found('mail-relay')).toEqual(['mail-relay.service']);
    expect(found('logrotate.service')).toEqual(['logrotate.timer']);
    expect(found('0.0.0.0:22')).toEqual(['ssh.socket']);
    expect(found('code 1')).toEqual(['backup.service']);
  });

  test('results in words; an unknown one as systemd says it', () => {
    expect(resultText(en, { result: 'exit-code', exitStatus: 3 })).toBe('exit code 3');
    expect(resultText(ko, { result: 'oom-kill', exitStatus: 9 })).toBe('메모리 부족');
    expect(resultText(en, { result: 'protocol', exitStatus: null })).toBe('protocol');
    expect(resultText(en, { result: null, exitStatus: null })).toBeNull();
  });
});
