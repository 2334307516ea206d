import type { Clock } from '../platform/clock';

/** Answers that cost a question to a manager (a unit's Restart=, a container's restart policy): asked seldom, in the background. */
export interface AskedAnswers<Answer> {
  /** What was answered last; null: not yet, or it was not told. Asks in the background when that is due. */
  get(key: string): Answer | null;
  /** Resolves when all questions asked so far are answered. */
  settled(): Promise<void>;
}

export interface AskedAnswersDeps<Answer> {
  readonly clock: Clock;
  /** Asks for several at once; those that are not in the result were not told. Rejects when nobody can be asked. */
  readonly ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>;
  readonly onTrouble: (error: unknown) => void;
  readonly mostAtOnce: number;
}

/** Settings of units and containers seldom change while these run. */
const askAgainMs = 10 * 60_000;
const mostKept = 5_000;

export function createAskedAnswers<Answer>(deps: AskedAnswersDeps<Answer>): AskedAnswers<Answer> {
  const known = new Map<string, { readonly answer: Answer | null; readonly askedAtMs: number }>();
  const due = new Set<string>();
  let asking: Promise<void> | null = null;

  async function askAll(): Promise<void> {
    // What is looked up in the same turn is asked together.
    await Promise.resolve();
    while (due.size > 0) {
      const keys = [...due].slice(0, deps.mostAtOnce);
      for (const key of keys) due.delete(key);
      let answers: ReadonlyMap<string, Answer> = new Map();
      try {
        answers = await deps.ask(keys);
      } catch (error) {
        deps.onTrouble(error);
      }
      for (const key of keys) known.set(key, { answer: answers.get(key) ?? null, askedAtMs: deps.clock.monotonicMs() });
      while (known.size > mostKept) known.delete(known.keys().next().value ?? '');
    }
    asking = null;
  }

  return {
    get(key) {
      const before = known.get(key);
      if ((before === undefined || deps.clock.monotonicMs() - before.askedAtMs >= askAgainMs) && !due.has(key)) {
        due.add(key);
        asking ??= askAll();
      }
      return before?.answer ?? null;
    },
    settled: async () => {
      await asking;
    },
  };
}
