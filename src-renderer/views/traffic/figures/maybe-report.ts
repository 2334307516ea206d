import type { WindowTraffic } from '../../../../src-shared/contract';

/** Null as long as there is none: every panel keeps its place from the start, so that nothing jumps. */
export type MaybeReport = WindowTraffic | null;
