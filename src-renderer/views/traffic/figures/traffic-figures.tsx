import { useCallback, useMemo } from 'react';
import { allTraffic, type TrafficFilter } from '../../../../src-shared/contract';
import { useUi, useWindowState } from '../../../state/context';
import type { TrafficTarget } from '../../../state/ui-store';
import type { TrafficFeed } from '../feed/traffic-feed';
import { useFeed, useTrafficFeed } from '../feed/use-traffic-feed';
import { toggleClient, toggleEndpoint, toggleStatus, withoutPart, withTime } from '../traffic-filter';
import { EndpointPanel } from './endpoint-panel';
import { FailedLog } from './failed-log';
import { FigureCards } from './figure-cards';
import { FilterChips } from './filter-chips';
import { HourPanel } from './hour-panel';
import { InsightPanel } from './insight-panel';
import type { Narrow } from './narrow';
import { RequestPanel } from './request-panel';
import { StatusPanel } from './status-panel';
import { TimelinePanel } from './timeline-panel';
import { PartProblem, TrafficBar } from './traffic-bar';
import styles from './traffic-figures.module.css';
import { BotPanel, ClientPanel, NamePanel } from './visitor-panels';

/** Everything that one access log says, live. */
export function TrafficFigures({ target }: { readonly target: TrafficTarget }) {
  const filter = useUi((ui) => ui.trafficFilter);
  const feed = useTrafficFeed(target, filter);
  if (feed === null) return null;
  return <Figures target={target} feed={feed} filter={filter} />;
}

interface FiguresProps {
  readonly target: TrafficTarget;
  readonly feed: TrafficFeed;
  readonly filter: TrafficFilter;
}

function Figures({ target, feed, filter }: FiguresProps) {
  const { ui } = useWindowState();
  const report = useFeed(feed, (state) => state.report);
  const isOlder = useFeed(feed, (state) => state.report !== null && state.reportFilter !== filter);
  const hasFailed = useFeed(feed, (state) => state.report === null && (state.phase === 'refused' || state.progress?.state === 'failed'));
  const setFilter = useCallback((next: TrafficFilter) => ui.setState({ trafficFilter: next }), [ui]);
  const narrow = useMemo<Narrow>(() => {
    const now = () => ui.getState().trafficFilter;
    return {
      status: (status) => setFilter(toggleStatus(now(), status)),
      client: (client) => setFilter(toggleClient(now(), client)),
      endpoint: (method, path) => setFilter(toggleEndpoint(now(), method, path)),
      time: (fromMs, toMs) => setFilter(withTime(now(), fromMs, toMs)),
    };
  }, [ui, setFilter]);
  return (
    <div className={styles.view}>
      <div className={styles.top}>
        <TrafficBar target={target} feed={feed} filter={filter} />
        <PartProblem feed={feed} />
        <FilterChips filter={filter} reach={report?.reach ?? null} onChange={setFilter} />
      </div>
      {hasFailed ? (
        <FailedLog feed={feed} />
      ) : (
        <div className={styles.figures} data-older={isOlder} aria-busy={report === null || isOlder}>
          <FigureCards report={report} isNarrowed={filter !== allTraffic} />
          <InsightPanel report={report} narrow={narrow} />
          <TimelinePanel report={report} filter={filter} onRange={narrow.time} onReset={() => setFilter(withoutPart(filter, 'time'))} />
          <EndpointPanel report={report} filter={filter} narrow={narrow} />
          <StatusPanel report={report} filter={filter} onStatus={narrow.status} />
          <HourPanel report={report} />
          <RequestPanel kind="slowest" report={report} narrow={narrow} />
          <RequestPanel kind="recent" report={report} narrow={narrow} />
          <ClientPanel report={report} filter={filter} onClient={narrow.client} />
          <BotPanel report={report} />
          <NamePanel kind="agents" report={report} />
          <NamePanel kind="referrers" report={report} />
        </div>
      )}
    </div>
  );
}
