import type { Alert } from '../../src-shared/alerts';
import type { Finding } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { MetricSample } from '../../src-shared/metrics';
import type { Reading } from '../../src-shared/reading';
import type { TextMask } from '../../src-shared/redact/mask-values';
import type { Settings } from '../../src-shared/settings';
import type { AnyReading, Facts, Snapshots, SourceId } from '../../src-shared/snapshots';
import type { Clock } from '../platform/clock';
import { type AlertState, advanceAlerts, dismissAlerts, initialAlertState, levelOfAlerts } from '../rules/alert-state';
import { judgeAbsence } from '../rules/judge-absence';
import { judgeContainers } from '../rules/judge-containers';
import { judgeHost } from '../rules/judge-host';
import { judgeLogs } from '../rules/judge-logs';
import { judgePods } from '../rules/judge-pods';
import type { ProcessJudge } from '../rules/judge-processes';
import { judgeServices } from '../rules/judge-services';
import type { JudgeContext, Judgement } from '../rules/judgement';
import { maskFinding } from '../rules/mask-finding';
import type { Store } from '../store/store';
import { hostSamples } from './host-samples';
import type { Publisher } from './publisher';

export interface PipelineDeps {
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly store: Store;
  readonly settings: () => Settings;
  readonly judgeProcesses: ProcessJudge;
  /** What is to be said of single processes besides their risk. */
  readonly processAlarms: (snapshot: Snapshots['processes'], nowMs: number) => readonly Finding[];
  /** Findings become alerts, notifications and answers to other programs: their texts lose secrets before anything else sees them. */
  readonly mask: TextMask;
}

export interface Pipeline {
  /** Facts in; judged reading, alerts and history out. */
  accept<Id extends SourceId>(source: Id, reading: Reading<Facts[Id]>): void;
  activeAlerts(): readonly Alert[];
  dismiss(ids: readonly string[]): number;
  /** The worst active alert: the colour of the tray. */
  alertLevel(): Level;
  /** The facts behind the present snapshot of a source, with what snapshots leave out (evidence); null while it is not there. */
  latestFacts<Id extends SourceId>(source: Id): Facts[Id] | null;
  /** What is wrong right now by the latest look at each source, held or not: for one-shot commands. */
  currentFindings(): readonly Finding[];
}

/** History is written this often; finer than that only the live window shows. */
const sampleEveryMs = 5_000;

/** Some judgements depend on the time that has passed: facts that stay the same are judged again this often. */
const judgeAgainMs = 15_000;

/** reading -> judge -> alerts -> store -> publish. */
export function createPipeline(deps: PipelineDeps): Pipeline {
  let alerts: AlertState = initialAlertState;
  let sampledAtMs = Number.NEGATIVE_INFINITY;
  /** What each source's present snapshot was made of: the same facts again need not be judged, sent and drawn again. */
  const judged = new Map<SourceId, { readonly facts: unknown; readonly settings: Settings; readonly atMs: number }>();
  const findingsBySource = new Map<SourceId, readonly Finding[]>();

  function look(source: SourceId, kind: 'data' | 'availability', findings: readonly Finding[]): void {
    const nowMs = deps.clock.nowMs();
    const monotonicMs = deps.clock.monotonicMs();
    const { state, changes } = advanceAlerts(alerts, { source, kind, findings, nowMs, monotonicMs, day: localDay(nowMs) });
    alerts = state;
    for (const change of changes) {
      deps.store.recordAlert(change.alert);
      deps.publisher.publish({ event: 'alert', payload: change });
    }
  }

  function masked(findings: readonly Finding[]): readonly Finding[] {
    return findings.map((finding) => maskFinding(finding, deps.mask));
  }

  function keepHistory(samples: readonly MetricSample[]): void {
    const atMs = deps.clock.monotonicMs();
    if (atMs - sampledAtMs < sampleEveryMs) return;
    sampledAtMs = atMs;
    deps.store.appendSamples(samples);
  }

  return {
    accept(source, reading) {
      if (reading.kind !== 'ok') {
        judged.delete(source);
        publish(deps.publisher, source, reading);
        findingsBySource.set(source, []);
        if (reading.kind === 'unavailable')
          look(source, 'availability', masked(judgeAbsence(source, reading, reading.lastOkAtMs !== null)));
        return;
      }
      const settings = deps.settings();
      const nowMs = deps.clock.nowMs();
      const atMs = deps.clock.monotonicMs();
      const before = judged.get(source);
      if (before?.facts === reading.data && before.settings === settings && atMs - before.atMs < judgeAgainMs) {
        const { startedAtMs, tookMs } = reading;
        deps.publisher.publish({ event: 'unchanged', payload: { source, startedAtMs, tookMs } });
        // A condition that must hold for a while comes of age without anything changing.
        look(source, 'data', findingsBySource.get(source) ?? []);
        return;
      }
      judged.set(source, { facts: reading.data, settings, atMs });
      const { snapshot, findings: found } = judge(source, reading.data, { nowMs, thresholds: settings.thresholds }, deps.judgeProcesses);
      const alarms = source === 'processes' ? deps.processAlarms(snapshot as Snapshots['processes'], nowMs) : [];
      const findings = masked([...found, ...alarms]);
      publish(deps.publisher, source, { ...reading, data: snapshot });
      findingsBySource.set(source, findings);
      look(source, 'availability', []);
      look(source, 'data', findings);
      if (source === 'host') keepHistory(hostSamples(snapshot as Snapshots['host'], reading.startedAtMs));
    },
    activeAlerts: () => [...alerts.active.values()].map(({ alert }) => alert),
    dismiss(ids) {
      const { state, changes } = dismissAlerts(alerts, new Set(ids));
      alerts = state;
      for (const change of changes) deps.publisher.publish({ event: 'alert', payload: change });
      return changes.length;
    },
    alertLevel: () => levelOfAlerts(alerts),
    latestFacts: <Id extends SourceId>(source: Id) => (judged.get(source)?.facts ?? null) as Facts[Id] | null,
    currentFindings: () => [...findingsBySource.values()].flat(),
  };
}

type Judges = {
  readonly [Id in SourceId]: (facts: Facts[Id], context: JudgeContext, judgeProcesses: ProcessJudge) => Judgement<Id>;
};

const judges: Judges = {
  host: judgeHost,
  containers: judgeContainers,
  pods: judgePods,
  services: judgeServices,
  processes: (facts, { nowMs }, judgeProcesses) => judgeProcesses(facts, nowMs),
  logs: judgeLogs,
};

function judge<Id extends SourceId>(source: Id, facts: Facts[Id], context: JudgeContext, judgeProcesses: ProcessJudge): Judgement<Id> {
  return judges[source](facts, context, judgeProcesses);
}

function publish<Id extends SourceId>(publisher: Publisher, source: Id, reading: Reading<Snapshots[Id]>): void {
  // A generic Id does not narrow the distributed union; the pair is right by construction of the parameters.
  publisher.publish({ event: 'reading', payload: { source, reading } as AnyReading });
}

function localDay(nowMs: number): string {
  const date = new Date(nowMs);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
