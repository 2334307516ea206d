import type { RegexEdge, RegexPart } from './regex-parts';

/** One step of a matcher that follows all ways at once. `next` and `other` are places in the program. */
export type Step =
  | { readonly kind: 'char'; readonly source: string; readonly next: number }
  | { readonly kind: 'edge'; readonly edge: RegexEdge; readonly next: number }
  | { readonly kind: 'fork'; readonly next: number; readonly other: number }
  | { readonly kind: 'found' };

/** Steps of an expression, begun at `start`; places that nothing leads to are left in. */
export interface LinearProgram {
  readonly steps: readonly Step[];
  readonly start: number;
}

/** Built from behind: each part is told where to go on. */
export function compileProgram(part: RegexPart): LinearProgram {
  const steps: Step[] = [{ kind: 'found' }];
  const add = (step: Step) => steps.push(step) - 1;

  function compile(inner: RegexPart, next: number): number {
    switch (inner.kind) {
      case 'char':
        return add({ kind: 'char', source: inner.source, next });
      case 'edge':
        return add({ kind: 'edge', edge: inner.edge, next });
      case 'sequence':
        return inner.parts.reduceRight((behind, each) => compile(each, behind), next);
      case 'choice':
        return inner.options
          .map((option) => compile(option, next))
          .reduceRight((other, option) => add({ kind: 'fork', next: option, other }));
      case 'repeat':
        return compileRepeat(inner, next);
    }
  }

  function compileRepeat({ part: inner, min, max }: RegexPart & { readonly kind: 'repeat' }, next: number): number {
    let start = next;
    if (max === null) {
      const loop = add({ kind: 'fork', next, other: next });
      steps[loop] = { kind: 'fork', next: compile(inner, loop), other: next };
      start = loop;
    } else {
      for (let count = min; count < max; count += 1) start = add({ kind: 'fork', next: compile(inner, start), other: next });
    }
    for (let count = 0; count < min; count += 1) start = compile(inner, start);
    return start;
  }

  return { start: compile(part, 0), steps };
}

/** Steps that `compileProgram` would make, at least; counts no further than `limit`. */
export function countSteps(part: RegexPart, limit: number): number {
  const sum = (parts: readonly RegexPart[]) => parts.reduce((total, each) => (total > limit ? total : total + countSteps(each, limit)), 0);
  if (part.kind === 'sequence') return sum(part.parts);
  if (part.kind === 'choice') return sum(part.options) + part.options.length;
  if (part.kind === 'repeat') return Math.min(limit + 1, (countSteps(part.part, limit) + 1) * (part.max ?? part.min + 1));
  return 1;
}
