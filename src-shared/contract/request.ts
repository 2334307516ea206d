import { z } from 'zod';
import { englishOf, type Sentence } from '../sentence';

/** One request of the contract: how its input is checked, and the type of what comes back. */
export interface RequestDefinition<Input extends z.ZodType, Output> {
  readonly input: Input;
  /** Changes something outside LogScope: the web door refuses it unless it was started with --allow-actions. */
  readonly destructive: boolean;
  /** Type only. */
  readonly output?: Output;
}

export function request<Output>() {
  return <Input extends z.ZodType>(input: Input, options: { readonly destructive?: boolean } = {}): RequestDefinition<Input, Output> => ({
    input,
    destructive: options.destructive ?? false,
  });
}

export const nothing = z.undefined().or(z.null()).or(z.object({}).strict());

/** What came of something a person asked LogScope to do to a container, a unit or the like. */
export interface ActionResult {
  readonly outcome: 'done' | 'gone' | 'refused' | 'permission-denied' | 'failed';
  /** English, the other side's own words included where they explain more. */
  readonly text: string;
  /** The same sentence by sentence, where some are ours: for windows in other languages. */
  readonly sentences?: readonly Sentence[];
}

export function actionResult(outcome: ActionResult['outcome'], ...sentences: readonly Sentence[]): ActionResult {
  const isOurs = sentences.some(({ key }) => key !== undefined);
  return { outcome, text: englishOf(sentences), ...(isOurs ? { sentences } : {}) };
}
