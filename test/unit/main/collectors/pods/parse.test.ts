import { describe, expect, it } from 'vitest';
import { withUsage } from '../../../../../src-main/collectors/pods/derive';
import { parsePod } from '../../../../../src-main/collectors/pods/parse';
import { newestFirst, parseEvents } from '../../../../../src-main/collectors/pods/parse-events';
import { parseMetrics } from '../../../../../src-main/collectors/pods/parse-metrics';
import { parseWatchEvent } from '../../../../../src-main/collectors/pods/read';

const metadata = { uid: 'u1', name: 'web-7d4b-x', namespace: 'default' };

describe('parsePod', () => {
  it('tells what there is, and null for what is not', () => {
    const pod = parsePod({
      metadata: {
        ...metadata,
        resourceVersion: '7',
        creationTimestamp: '2026-01-01T00:00:00Z',
        deletionTimestamp: '2026-01-01T00:10:30Z',
        deletionGracePeriodSeconds: 30,
        labels: { 'pod-template-hash': '7d4b' },
        ownerReferences: [
          { kind: 'Node', name: 'x' },
          { kind: 'ReplicaSet', name: 'web-7d4b', controller: true },
        ],
      },
      spec: {
        nodeName: 'n1',
        initContainers: [
          { name: 'first', image: 'i' },
          { name: 'side', image: 's', restartPolicy: 'Always' },
        ],
        containers: [{ name: 'main', image: 'm', resources: { limits: { cpu: '500m', memory: '1Gi' } } }],
      },
      status: {
        phase: 'Running',
        startTime: '2026-01-01T00:00:05Z',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [
          {
            name: 'main',
            ready: false,
            restartCount: 2,
            state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
            lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-01-01T00:09:00Z' } },
          },
        ],
      },
    });
    const unknownContainer = { ready: false, state: 'unknown', reason: null, message: null, exitCode: null, startedAtMs: null };
    const rest = {
      finishedAtMs: null,
      restartCount: 0,
      lastRun: null,
      cpuCores: null,
      memoryBytes: null,
      cpuLimitCores: null,
      memoryLimitBytes: null,
    };
    expect(pod).toEqual({
      resourceVersion: '7',
      containerIds: new Map(),
      relatives: [
        { kind: 'Pod', name: 'web-7d4b-x' },
        { kind: 'ReplicaSet', name: 'web-7d4b' },
        { kind: 'Deployment', name: 'web' },
      ],
      facts: {
        ...metadata,
        status: 'Terminating',
        restartCount: 2,
        phase: 'Running',
        reason: null,
        message: null,
        ready: false,
        node: 'n1',
        owner: { kind: 'Deployment', name: 'web' },
        createdAtMs: Date.parse('2026-01-01T00:00:00Z'),
        startedAtMs: Date.parse('2026-01-01T00:00:05Z'),
        deletingSinceMs: Date.parse('2026-01-01T00:10:00Z'),
        containers: [
          { name: 'first', image: 'i', init: true, ...unknownContainer, ...rest },
          { name: 'side', image: 's', init: false, ...unknownContainer, ...rest },
          {
            ...{ name: 'main', image: 'm', init: false, ...unknownContainer, ...rest },
            ...{ state: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off', restartCount: 2 },
            lastRun: { exitCode: 137, reason: 'OOMKilled', finishedAtMs: Date.parse('2026-01-01T00:09:00Z') },
            ...{ cpuLimitCores: 0.5, memoryLimitBytes: 2 ** 30 },
          },
        ],
        cpuCores: null,
        memoryBytes: null,
        cpuLimitCores: null,
        memoryLimitBytes: null,
      },
    });
  });

  it('reads a pod of which only the name is known', () => {
    expect(parsePod({ metadata, spec: null, status: null })?.facts).toMatchObject({
      phase: 'Unknown',
      status: 'Unknown',
      containers: [],
      owner: null,
    });
    expect(parsePod({ metadata, spec: { containers: 7 }, status: { containerStatuses: 'x', conditions: {} } })?.facts.containers).toEqual(
      [],
    );
  });

  it.each([
    null,
    [],
    'x',
    {},
    { metadata: {} },
    { metadata: { ...metadata, name: '../../secrets' } },
    { metadata: { ...metadata, namespace: 'a/b' } },
  ])('%j is no pod', (json) => {
    expect(parsePod(json)).toBeNull();
  });
});

describe('parseWatchEvent', () => {
  it.each([
    ['{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}', { kind: 'bookmark', resourceVersion: '9' }],
    ['{"type":"ERROR","object":{"code":410,"message":"too old"}}', { kind: 'error', statusCode: 410, message: 'too old' }],
    ['{"type":"ERROR","object":null}', { kind: 'error', statusCode: null, message: 'the cluster ended the watch' }],
    ['{"type":"ADDED","object":{}}', { kind: 'malformed' }],
    ['{"type":"BOOKMARK","object":{}}', { kind: 'malformed' }],
    ['{"type":"OTHER","object":{}}', { kind: 'malformed' }],
    ['{"type":"ADDED"', { kind: 'malformed' }],
    ['null', { kind: 'malformed' }],
  ])('%s', (line, event) => {
    expect(parseWatchEvent(line)).toEqual(event);
  });

  it('tells pods that are there and that are gone', () => {
    expect(parseWatchEvent(JSON.stringify({ type: 'MODIFIED', object: { metadata } })).kind).toBe('present');
    expect(parseWatchEvent(JSON.stringify({ type: 'DELETED', object: { metadata } })).kind).toBe('gone');
  });
});

describe('usage', () => {
  it('is put beside the containers that have one, and summed', () => {
    const list = { items: [null, { metadata, containers: [{ name: 'a', usage: { cpu: '250m', memory: '1Ki' } }] }, { metadata: {} }] };
    const usages = parseMetrics(list);
    const pod = parsePod({ metadata, spec: { containers: [{ name: 'a' }, { name: 'b' }] } });
    if (pod === null) throw new Error('no pod');
    const figures = withUsage(pod.facts, usages?.get('default/web-7d4b-x'));
    expect(figures).toMatchObject({ cpuCores: 0.25, memoryBytes: 1024 });
    expect(figures.containers.map(({ cpuCores }) => cpuCores)).toEqual([0.25, null]);
    expect(withUsage(pod.facts, undefined)).toBe(pod.facts);
    expect(parseMetrics('x')).toBeNull();
  });
});

describe('events', () => {
  it('are read in both shapes, newest first, and never too long', () => {
    const old = {
      reason: 'Pulled',
      message: 'ok',
      lastTimestamp: '2026-01-01T00:00:00Z',
      count: 3,
      involvedObject: { kind: 'Pod', name: 'x' },
    };
    const series = {
      reason: 'BackOff',
      type: 'Warning',
      eventTime: '2026-01-01T00:00:00Z',
      series: { count: 9, lastObservedTime: '2026-01-01T00:05:00.123456Z' },
    };
    const long = { message: 'x'.repeat(5_000) };
    const events = newestFirst(parseEvents({ items: [long, old, series, 7] }));
    expect(events).toEqual([
      { atMs: Date.parse('2026-01-01T00:05:00.123Z'), type: 'Warning', reason: 'BackOff', message: '', count: 9, object: '' },
      { atMs: Date.parse('2026-01-01T00:00:00Z'), type: 'Normal', reason: 'Pulled', message: 'ok', count: 3, object: 'Pod x' },
      { atMs: null, type: 'Normal', reason: '', message: `${'x'.repeat(2_000)}…`, count: 1, object: '' },
    ]);
    expect(parseEvents(null)).toEqual([]);
  });
});
