import type { TrafficPort } from '../api/traffic-handlers';
import type { TrafficParts, TrafficPartsDeps } from './open-traffic-parts';

/**
 * Access logs for the doors. Most people look at none on most days: until the first question, or while there is no report to be written
 * by the clock, there is no thread, no timer, and not even the code.
 */
export function createTrafficParts(deps: TrafficPartsDeps): TrafficParts {
  let opening: Promise<TrafficParts> | null = null;
  let closed = false;

  function parts(): Promise<TrafficParts> {
    opening ??= import('./open-traffic-parts').then(({ openTrafficParts }) => openTrafficParts(deps));
    return opening;
  }

  function settingsChanged(): void {
    if (closed) return;
    if (opening !== null || deps.settings.current().traffic.reports.length > 0) void parts().then((opened) => opened.settingsChanged());
  }

  function later<Name extends keyof TrafficPort>(name: Name): TrafficPort[Name] {
    const call = async (...given: readonly unknown[]) => {
      const { port } = await parts();
      return (port[name] as (...all: readonly unknown[]) => unknown)(...given);
    };
    // One function for all: each passes on what it is given.
    return call as TrafficPort[Name];
  }

  settingsChanged();
  return {
    port: {
      sources: later('sources'),
      preview: later('preview'),
      open: later('open'),
      figures: later('figures'),
      cancel: later('cancel'),
      close: later('close'),
      exportReport: later('exportReport'),
      prompt: later('prompt'),
      ask: later('ask'),
    },
    settingsChanged,
    async close() {
      closed = true;
      if (opening !== null) await (await opening).close();
    },
  };
}
