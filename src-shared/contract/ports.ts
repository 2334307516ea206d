import { z } from 'zod';
import type { BetterAction } from './processes';
import { nothing, request } from './request';

const port = z.number().int().min(1).max(65_535);

export const portRequests = {
  /**
   * Every listening socket with who is behind it, by port. `pages`: ask those that may be web servers for their first page (loopback only,
   * once for each owner, then kept).
   */
  'ports.list': request<readonly LocalPort[]>()(z.object({ pages: z.boolean() }).strict()),
  /** "Who has 3000?" */
  'ports.who': request<PortAnswer>()(z.object({ port }).strict()),
  /** Development servers that nobody seems to need any more. */
  'ports.leftovers': request<readonly Leftover[]>()(nothing),
} as const;

/** Who can reach it: only this machine, those of one network, everybody the network lets through. */
export type PortReach = 'loopback' | 'network' | 'all';

export interface LocalPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly addresses: readonly string[];
  readonly reach: PortReach;
  /** The process that answers: of several that share the socket the first one. Null: these rights do not see it. */
  readonly process: { readonly id: string; readonly pid: number; readonly name: string; readonly user: string | null } | null;
  /** How many processes share it. */
  readonly processCount: number;
  readonly unit: string | null;
  readonly container: { readonly id: string; readonly name: string; readonly containerPort: number | null } | null;
  /** What it speaks, as far as can be said, and by what. */
  readonly speaks: { readonly name: string; readonly by: 'answer' | 'role' | 'port' } | null;
  /** Set when it can be opened in a browser. */
  readonly url: string | null;
  readonly page: WebPage | null;
  readonly project: { readonly name: string; readonly root: string; readonly branch: string | null } | null;
  readonly startedAtMs: number | null;
}

/** The first page of a local web server; title is text from outside. */
export interface WebPage {
  readonly status: number;
  readonly title: string | null;
  readonly askedAtMs: number;
}

export interface PortAnswer {
  readonly port: number;
  /** Empty: it is free. */
  readonly holders: readonly LocalPort[];
  /** The right way to free it; null: it is free, or nothing can be done with these rights. */
  readonly betterAction: BetterAction | null;
  /** The first free TCP port above it; null: none. */
  readonly nextFreePort: number | null;
  /** Lines in which a program complained that this port is in use, newest first, at most 5. */
  readonly complaints: readonly { readonly atMs: number; readonly source: string; readonly text: string }[];
}

export interface Leftover {
  readonly processId: string;
  readonly pid: number;
  readonly name: string;
  readonly command: string;
  readonly startedAtMs: number | null;
  readonly listening: readonly number[];
  readonly project: { readonly name: string; readonly root: string; readonly branch: string | null } | null;
  readonly memoryBytes: number;
  /** Why it is listed: keys of `leftover.because.<key>`. */
  readonly because: readonly ('terminal-gone' | 'parent-gone' | 'old' | 'no-clients')[];
}
