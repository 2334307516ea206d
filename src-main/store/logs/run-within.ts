import { createContext, Script } from 'node:vm';

const script = new Script('work()');
let context: { work: () => void } | null = null;

/**
 * Runs `work` and ends it when it takes longer than `limitMs`: null then. The one way to end an expression that backtracks without end
 * in its own thread. Not to be nested.
 */
export function runWithin<T>(limitMs: number, work: () => T): { readonly value: T } | null {
  let result: { readonly value: T } | null = null;
  context ??= createContext({ work: () => {} }) as { work: () => void };
  context.work = () => {
    result = { value: work() };
  };
  try {
    script.runInContext(context, { timeout: Math.max(1, Math.ceil(limitMs)) });
    return result;
  } catch (error) {
    // In vitest the error comes from another realm: it is no instance of the Error here.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  } finally {
    context.work = () => {};
  }
}
