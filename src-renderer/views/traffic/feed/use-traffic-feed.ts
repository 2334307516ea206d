import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { TrafficFilter } from '../../../../src-shared/contract';
import { useWindowState } from '../../../state/context';
import type { TrafficTarget } from '../../../state/ui-store';
import { createTrafficFeed, type TrafficFeed } from './traffic-feed';

/** The feed of a log for as long as its view is there. Null before the first effect. */
export function useTrafficFeed({ input, format }: TrafficTarget, filter: TrafficFilter): TrafficFeed | null {
  const { client, ui } = useWindowState();
  const [feed, setFeed] = useState<TrafficFeed | null>(null);
  useEffect(() => {
    const made = createTrafficFeed({ client, input, format, filter: ui.getState().trafficFilter });
    setFeed(made);
    return () => made.close();
  }, [client, ui, input, format]);
  useEffect(() => feed?.setFilter(filter), [feed, filter]);
  return feed;
}

export function useFeed<T>(feed: TrafficFeed, select: (state: ReturnType<TrafficFeed['store']['getState']>) => T): T {
  return useStore(feed.store, select);
}
