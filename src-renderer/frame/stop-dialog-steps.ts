import { useCallback, useEffect, useState } from 'react';
import { RequestError, type StopPreview, type StopResult, type StopSignal } from '../../src-shared/contract';
import { useWindowState } from '../state/context';
import { useWords } from '../words/use-words';

export type StopStep =
  | { readonly kind: 'looking' }
  | { readonly kind: 'problem'; readonly text: string }
  | { readonly kind: 'asking' }
  | { readonly kind: 'sending'; readonly signal: StopSignal };

interface StopSteps {
  /** What a stop would mean, as of the latest look; null before the first. */
  readonly preview: StopPreview | null;
  readonly step: StopStep;
  /** What came of the latest signal; null before any. */
  readonly result: StopResult | null;
  /** Sends a signal with the newest ticket there is. */
  readonly send: (signal: StopSignal, choice: { readonly withDescendants: boolean; readonly typedName: string | null }) => Promise<void>;
  readonly look: () => Promise<void>;
}

/** A look, a signal, what was observed; and again with a fresh ticket where that makes sense. */
export function useStopSteps(id: string): StopSteps {
  const { client } = useWindowState();
  const words = useWords();
  const [preview, setPreview] = useState<StopPreview | null>(null);
  const [step, setStep] = useState<StopStep>({ kind: 'looking' });
  const [result, setResult] = useState<StopResult | null>(null);

  const attempt = useCallback(
    async (run: () => Promise<void>) => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        setStep({ kind: 'problem', text: words.tOr(`stop.problem.${error.code}`, error.message) });
      }
    },
    [words],
  );

  const look = useCallback(
    () =>
      attempt(async () => {
        setStep({ kind: 'looking' });
        // A ticket of an earlier answer would be too old by now.
        setResult(null);
        setPreview(await client.request('processes.preview', { id }));
        setStep({ kind: 'asking' });
      }),
    [attempt, client, id],
  );

  // A new language changes the words, not what is asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each process
  useEffect(() => {
    void look();
  }, [client, id]);

  async function send(signal: StopSignal, choice: { readonly withDescendants: boolean; readonly typedName: string | null }): Promise<void> {
    const ticket = result?.ticket ?? preview?.ticket;
    if (ticket === undefined) return;
    setStep({ kind: 'sending', signal });
    await attempt(async () => {
      const observed = await client.request('processes.stop', { ticket, signal, ...choice });
      setResult(observed);
      // Paused or running on, it is still there to be asked about: what was seen before may no longer hold.
      if (observed.outcome === 'paused' || observed.outcome === 'continued') {
        setPreview(await client.request('processes.preview', { id }));
        setResult({ ...observed, ticket: null });
      }
      setStep({ kind: 'asking' });
    });
  }

  return { preview, step, result, send, look };
}
