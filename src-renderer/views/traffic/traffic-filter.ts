import { allTraffic, type TrafficFilter } from '../../../src-shared/contract';

/** One condition of a filter, as a chip shows it. */
export type FilterPart = 'time' | 'endpoint' | 'status' | 'client';

export function filterParts({ fromMs, toMs, endpoint, status, client }: TrafficFilter): readonly FilterPart[] {
  const parts: FilterPart[] = [];
  if (fromMs !== null || toMs !== null) parts.push('time');
  if (endpoint !== null) parts.push('endpoint');
  if (status !== null) parts.push('status');
  if (client !== null) parts.push('client');
  return parts;
}

export function withoutPart(filter: TrafficFilter, part: FilterPart): TrafficFilter {
  const next = part === 'time' ? { ...filter, fromMs: null, toMs: null } : { ...filter, [part]: null };
  return filterParts(next).length === 0 ? allTraffic : next;
}

/** A second click on the same takes it back. */
export function toggleStatus(filter: TrafficFilter, status: NonNullable<TrafficFilter['status']>): TrafficFilter {
  return filter.status === status ? withoutPart(filter, 'status') : { ...filter, status };
}

export function toggleClient(filter: TrafficFilter, client: string): TrafficFilter {
  return filter.client === client ? withoutPart(filter, 'client') : { ...filter, client };
}

export function toggleEndpoint(filter: TrafficFilter, method: string, path: string): TrafficFilter {
  const isSame = filter.endpoint?.method === method && filter.endpoint.path === path;
  return isSame ? withoutPart(filter, 'endpoint') : { ...filter, endpoint: { method, path } };
}

export function withTime(filter: TrafficFilter, fromMs: number, toMs: number): TrafficFilter {
  return { ...filter, fromMs, toMs };
}
