import type { Alert } from '../../src-shared/alerts';
import { truncateMiddle } from '../../src-shared/format';
import type { Place } from '../../src-shared/judgement';
import { compareLevels } from '../../src-shared/level';
import { type Language, translate } from '../../src-shared/messages/translate';
import { alertBody, alertTitle } from './alert-words';

export type TrayPicture = 'ok' | 'warning' | 'critical' | 'paused' | 'unknown';

export interface TrayProblem {
  readonly label: string;
  readonly level: Alert['level'];
  readonly place: Place;
}

/** All that the tray shows, worst first. Plain data: two equal models need no new drawing. */
export interface TrayModel {
  readonly picture: TrayPicture;
  /** One line; Windows cuts at 127 characters. */
  readonly tooltip: string;
  readonly status: string;
  readonly problems: readonly TrayProblem[];
  /** How many problems the menu leaves out, in words; null for none. */
  readonly more: string | null;
  readonly paused: boolean;
}

const shownProblemCount = 5;

/**
 * The picture is the level of the worst problem there is, dismissed or not (as the rules judge the whole); `unknown` until
 * something was read; paused wins over all, because nothing is known any more.
 */
export function deriveTrayModel(input: {
  /** A first reading has come in. */
  readonly looked: boolean;
  readonly alerts: readonly Alert[];
  readonly paused: boolean;
  readonly language: Language;
}): TrayModel {
  const { language } = input;
  const active = input.alerts.filter((alert) => alert.clearedAtMs === null).sort(worstFirst);
  const worst = active[0];
  const picture: TrayPicture = input.paused ? 'paused' : (worst?.level ?? (input.looked ? 'ok' : 'unknown'));
  const worstCount = active.filter((alert) => alert.level === worst?.level).length;
  const status =
    picture === 'warning' || picture === 'critical'
      ? translate(language, `tray.status.${picture}`, { count: worstCount })
      : translate(language, `tray.status.${picture}`);
  const headline = worst === undefined || input.paused ? status : `${alertTitle(language, worst)}, ${alertBody(language, worst)}`;
  const others = worst === undefined || input.paused || active.length === 1 ? '' : ` (+${active.length - 1})`;
  const hidden = active.length - shownProblemCount;
  return {
    picture,
    tooltip: truncateMiddle(`LogScope: ${headline}`, 120 - others.length) + others,
    status,
    problems: active.slice(0, shownProblemCount).map((alert) => ({
      label: truncateMiddle(`${alertTitle(language, alert)} · ${alertBody(language, alert)}`, 90),
      level: alert.level,
      place: alert.place,
    })),
    more: hidden > 0 ? translate(language, 'tray.more', { count: hidden }) : null,
    paused: input.paused,
  };
}

function worstFirst(a: Alert, b: Alert): number {
  return compareLevels(b.level, a.level) || Number(a.dismissed) - Number(b.dismissed) || b.raisedAtMs - a.raisedAtMs;
}
