import type { Level } from './level';
import type { SourceId } from './source';

/** Values put into a message; numbers and times stay raw so that each language formats them. */
export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * One reason of a judgement. `rule` is stable and is also the message key (`reason.<rule>`);
 * `text` is the English sentence with the values in it, for programs and logs.
 */
export interface Reason {
  readonly rule: string;
  readonly text: string;
  readonly values: MessageValues;
}

/** Where in the window a thing is shown; carried by alerts, notifications and the tray menu. */
export interface Place {
  readonly section: 'overview' | 'containers' | 'pods' | 'services' | 'processes' | 'logs' | 'traffic' | 'alerts' | 'settings';
  /** Row to select: container id, `scope/unit`, process id (opaque), `port:3000` (who holds it), `pattern:<id>` (its lines), mount path, in `traffic`: `demo`. */
  readonly item?: string;
}

/** A rule's statement that something is wrong now. The alert state machine turns findings into alerts. */
export interface Finding {
  /** Same cause, same key: e.g. `containers/<id>/exited`. One alert per key. */
  readonly key: string;
  readonly source: SourceId;
  readonly subject: string;
  readonly level: Extract<Level, 'warning' | 'critical'>;
  readonly reason: Reason;
  /** How long the condition must hold before it becomes an alert; 0 = at once. */
  readonly holdMs: number;
  readonly place: Place;
  /** When the thing itself says that it happened (a container's finish time); else the time of judging. */
  readonly sinceMs: number | null;
}
