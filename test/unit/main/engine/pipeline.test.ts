import { describe, expect, it } from 'vitest';
import { alertBody, alertTitle } from '../../../../src-main/electron/alert-words';
import { createPipeline } from '../../../../src-main/engine/pipeline';
import { createPublisher } from '../../../../src-main/engine/publisher';
import { createProcessJudge } from '../../../../src-main/rules/judge-processes';
import { bareSurroundings } from '../../../../src-main/rules/process-context';
import { createRoleBase } from '../../../../src-main/rules/role/match-base';
import type { Store } from '../../../../src-main/store/store';
import type { Alert } from '../../../../src-shared/alerts';
import type { AnyEvent } from '../../../../src-shared/contract';
import type { Finding } from '../../../../src-shared/judgement';
import type { MetricSample } from '../../../../src-shared/metrics';
import { unavailable } from '../../../../src-shared/reading';
import { createTextMask } from '../../../../src-shared/redact/mask-values';
import { defaultSettings } from '../../../../src-shared/settings';
import type { ContainersFacts, ProcessesFacts } from '../../../../src-shared/snapshots';
import { createFakeTime } from '../../../helpers/fake-time';
import { containerFacts, engineState, exitedContainer, hostFacts, processFacts } from '../rules/sample-facts';

function rig(alarms: readonly Finding[] = []) {
  const time = createFakeTime(Date.UTC(2026, 10, 21, 12));
  const publisher = createPublisher();
  const events: AnyEvent[] = [];
  const samples: MetricSample[] = [];
  const stored: Alert[] = [];
  publisher.subscribe((event) => events.push(event));
  const store = {
    appendSamples: (more: readonly MetricSample[]) => samples.push(...more),
    recordAlert: (alert: Alert) => stored.push(alert),
  } as unknown as Store;
  const pipeline = createPipeline({
    processAlarms: () => alarms,
    mask: createTextMask({ hash: () => '0a1b2c' }),
    clock: time,
    publisher,
    store,
    settings: () => defaultSettings,
    judgeProcesses: createProcessJudge({
      idOf: (process) => `id-${process.pid}`,
      surroundings: bareSurroundings('linux', 1),
      base: createRoleBase([]),
    }),
  });
  const timing = { startedAtMs: time.nowMs(), tookMs: 1, lastOkAtMs: time.nowMs() };
  return { time, publisher, pipeline, events, samples, stored, timing };
}

const oneProcess: ProcessesFacts = {
  processes: [processFacts({ pid: 7 })],
  coreCount: 1,
  memoryTotalBytes: 1,
  hiddenCount: 0,
  unownedSockets: [],
  evidencePendingCount: 0,
  preloadedLibraries: [],
};
const empty: ContainersFacts = { engines: [engineState()], containers: [] };

describe('pipeline', () => {
  it('publishes the judged reading and then the alert it raises', () => {
    const { pipeline, events, publisher, timing } = rig();
    pipeline.accept('containers', { kind: 'ok', data: empty, ...timing });
    pipeline.accept('containers', { kind: 'ok', data: { ...empty, containers: [exitedContainer()] }, ...timing });
    expect(events.map((event) => event.event)).toEqual(['reading', 'reading', 'alert']);
    const latest = publisher.latest('containers');
    expect(latest?.reading.kind === 'ok' && latest.reading.data.containers[0]?.level).toBe('critical');
    expect([pipeline.alertLevel(), pipeline.currentFindings().length, pipeline.activeAlerts().length]).toEqual(['critical', 1, 1]);
  });

  it('tells of the same facts only that they were read again, and judges them anew now and then', async () => {
    const { pipeline, events, publisher, time, timing } = rig();
    const data = { ...empty, containers: [exitedContainer()] };
    pipeline.accept('containers', { kind: 'ok', data, ...timing });
    pipeline.accept('containers', { kind: 'ok', data, ...timing, startedAtMs: 5, tookMs: 2 });
    expect(events.map((event) => event.event)).toEqual(['reading', 'alert', 'unchanged']);
    expect(events[2]?.payload).toEqual({ source: 'containers', startedAtMs: 5, tookMs: 2 });
    expect(publisher.latest('containers')?.reading).toMatchObject({ kind: 'ok', startedAtMs: 5, tookMs: 2, lastOkAtMs: 5 });
    await time.advance(15_000);
    pipeline.accept('containers', { kind: 'ok', data, ...timing });
    pipeline.accept('containers', { kind: 'unavailable', reason: 'not-running', detail: 'gone', ...timing });
    pipeline.accept('containers', { kind: 'ok', data, ...timing });
    expect(events.map((event) => event.event).filter((name) => name !== 'alert')).toEqual([
      'reading',
      'unchanged',
      'reading',
      'reading',
      'reading',
    ]);
  });

  it('says an engine that went away once, and its return once', () => {
    const { pipeline, events, timing } = rig();
    const gone = { kind: 'unavailable', reason: 'not-running', detail: 'refused' } as const;
    pipeline.accept('containers', { kind: 'ok', data: empty, ...timing });
    for (let look = 0; look < 3; look += 1) pipeline.accept('containers', { ...gone, ...timing });
    pipeline.accept('containers', { kind: 'ok', data: empty, ...timing });
    const changes = events.flatMap((event) => (event.event === 'alert' ? [`${event.payload.change} ${event.payload.alert.key}`] : []));
    expect(changes).toEqual(['raised containers/engine', 'cleared containers/engine']);
  });

  it('is calm about an engine that never was there', () => {
    const { pipeline, events, timing } = rig();
    pipeline.accept('containers', { kind: 'unavailable', reason: 'not-installed', detail: 'none', ...timing, lastOkAtMs: null });
    expect(events.map((event) => event.event)).toEqual(['reading']);
  });

  it('writes history every five seconds and leaves out what is unknown', async () => {
    const { pipeline, samples, time, timing } = rig();
    const facts = hostFacts({ cpu: { ...hostFacts().cpu, busyRatio: null } });
    for (let second = 0; second <= 5; second += 1) {
      pipeline.accept('host', { kind: 'ok', data: { ...facts }, ...timing });
      await time.advance(1000);
    }
    expect(samples.map((sample) => sample.metric)).toEqual(['host.memory.used', 'host.memory.used']);
  });

  it('writes history and judges anew also after the clock was set back', async () => {
    const { pipeline, samples, events, time, timing } = rig();
    const data = hostFacts();
    pipeline.accept('host', { kind: 'ok', data, ...timing });
    const before = samples.length;
    time.setWall(-9 * 3_600_000);
    await time.advance(15_000);
    pipeline.accept('host', { kind: 'ok', data, ...timing });
    expect(samples.length).toBe(2 * before);
    expect(events.filter(({ event }) => event === 'reading')).toHaveLength(2);
  });

  it('raises and clears what must hold after its time, wherever the clock is set to meanwhile', async () => {
    const { pipeline, events, time, timing } = rig();
    const calm = hostFacts();
    const full = hostFacts({ memory: { ...calm.memory, availableBytes: 10, usedBytes: 990 } });
    const lookAgain = async (data: typeof calm) => {
      pipeline.accept('host', { kind: 'ok', data, ...timing });
      await time.advance(30_000);
      pipeline.accept('host', { kind: 'ok', data, ...timing });
      return events.flatMap((event) => (event.event === 'alert' ? [event.payload.change] : []));
    };
    pipeline.accept('host', { kind: 'ok', data: full, ...timing });
    time.setWall(-9 * 3_600_000);
    expect(await lookAgain(full)).toEqual(['raised']);
    expect(pipeline.activeAlerts()[0]?.raisedAtMs).toBe(time.nowMs());
    time.setWall(-9 * 3_600_000);
    expect(await lookAgain(calm)).toEqual(['raised', 'cleared']);
  });

  it('lets no secret of a command line or an error into an alert, its notification, the history or an answer', () => {
    const command = 'mysqld --password=hunter2hunter --port 3306';
    const { pipeline, events, stored, timing } = rig([
      {
        key: 'processes/7/x',
        source: 'processes',
        subject: command,
        level: 'critical',
        reason: { rule: 'made-up', text: `Runs ${command}`, values: { command, pid: 7 } },
        holdMs: 0,
        place: { section: 'processes', item: 'id-7' },
        sinceMs: null,
      },
    ]);
    pipeline.accept('processes', { kind: 'ok', data: oneProcess, ...timing });
    const hint = 'postgres://shop:hunter2hunter@db/shop refused';
    const failed = unavailable('unreachable', hint, '');
    pipeline.accept('containers', { kind: 'ok', data: empty, ...timing });
    pipeline.accept('containers', { ...failed, ...timing });
    const output = `${'x'.repeat(130)} token ghp_abcdefghijklmnopqrstuvwxyz0123456789`;
    const unhealthy = containerFacts({ health: 'unhealthy', lastProbe: { exitCode: 1, output, endedAtMs: null, failingStreak: 3 } });
    pipeline.accept('containers', { kind: 'ok', data: { ...empty, containers: [unhealthy] }, ...timing });
    const alerts = pipeline.activeAlerts();
    expect(alerts.map(({ source }) => source).sort()).toEqual(['containers', 'processes']);
    expect(alerts.find(({ source }) => source === 'processes')?.reason.values).toEqual({
      command: 'mysqld --password=[masked:password:0a1b2c] --port 3306',
      pid: 7,
    });
    const told = alerts.map((alert) => [alertTitle('en', alert), alertBody('en', alert)]);
    const gone = JSON.stringify([alerts, told, stored, pipeline.currentFindings(), events.filter(({ event }) => event === 'alert')]);
    expect(gone).toContain('[masked:');
    expect(gone).not.toMatch(/hunter2|ghp_abc/);
  });

  it('gives processes their opaque ids', () => {
    const { pipeline, publisher, timing } = rig();
    pipeline.accept('processes', { kind: 'ok', data: oneProcess, ...timing });
    const latest = publisher.latest('processes');
    expect(latest?.reading.kind === 'ok' && latest.reading.data.processes[0]?.id).toBe('id-7');
  });
});
