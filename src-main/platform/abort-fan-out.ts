const fanOuts = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls once when `signal` aborts; the returned function takes that back. Any number of calls is one listener of the signal:
 * a signal shared by all calls and streams of an engine would otherwise collect more than the ten that Node takes for a leak.
 */
export function onceAborted(signal: AbortSignal, call: () => void): () => void {
  let calls = fanOuts.get(signal);
  if (calls === undefined) {
    calls = openFanOut(signal);
    fanOuts.set(signal, calls);
  }
  // Each registration is its own, even of the same function.
  const registered = () => call();
  calls.add(registered);
  return () => calls.delete(registered);
}

function openFanOut(signal: AbortSignal): Set<() => void> {
  const calls = new Set<() => void>();
  const callAll = () => {
    for (const call of calls) call();
    calls.clear();
  };
  signal.addEventListener('abort', callAll, { once: true });
  return calls;
}
