import { isLinearRegex } from './is-linear-regex';
import { compileProgram, type LinearProgram } from './linear-program';
import { parseRegex, type RegexEdge } from './regex-parts';

/** What stands at one side of a place: the beginning or end of a line (and the text), a word character, any other. */
type Side = 0 | 1 | 2;
const lineEdge = 0;
const word = 1;

/** Where all the ways through the program are, in front of the next character. */
interface State {
  readonly places: readonly number[];
  readonly before: Side;
  /** By character below 128, then any other. `found`: the expression stands before that character. */
  readonly ascii: (State | 'found' | undefined)[];
  readonly beyond: Map<number, State | 'found'>;
}

/** More are forgotten and made again when needed: time stays linear, memory small. */
const maxStates = 256;
const maxBeyond = 4_096;

/**
 * Whether an expression stands anywhere in a text, as JavaScript's own engine would say it, in time proportional to the text whatever it
 * holds: all ways are followed at once instead of one after the other. `^` and `$` are ends of lines. Null: not one that `isLinearRegex` takes.
 */
export function createLinearTest(source: string, ignoreCase: boolean): ((text: string) => boolean) | null {
  const part = isLinearRegex(source) ? parseRegex(source) : null;
  if (part === null) return null;
  const program = compileProgram(part);
  const byCodePoint = hasUnicodeSyntax(source);
  const matches = createCharTest(program, `${ignoreCase ? 'i' : ''}${byCodePoint ? 'u' : ''}`);
  let states = new Map<string, State>();
  let beyondCount = 0;
  let first = stateOf([program.start], lineEdge);

  function stateOf(places: readonly number[], before: Side): State {
    const key = `${before} ${places.join(' ')}`;
    let state = states.get(key);
    if (state === undefined) {
      state = { places, before, ascii: [], beyond: new Map() };
      states.set(key, state);
    }
    return state;
  }

  /** States in use stay whole; only new ones are no longer found by their key. */
  function forgetWhenFull(): void {
    if (states.size < maxStates && beyondCount < maxBeyond) return;
    states = new Map();
    beyondCount = 0;
    first = stateOf([program.start], lineEdge);
  }

  function after(state: State, point: number): State | 'found' {
    const known = point < 128 ? state.ascii[point] : state.beyond.get(point);
    if (known !== undefined) return known;
    forgetWhenFull();
    const reached = reach(program, state, sideOf(point));
    const next =
      reached === 'found'
        ? 'found'
        : stateOf(
            [...new Set([program.start, ...reached.filter((place) => matches(place, point)).map((place) => nextOf(program, place))])].sort(
              (one, other) => one - other,
            ),
            sideOf(point),
          );
    if (point < 128) state.ascii[point] = next;
    else {
      state.beyond.set(point, next);
      beyondCount += 1;
    }
    return next;
  }

  return (text) => {
    let state = first;
    for (let at = 0; at < text.length; at += 1) {
      let point = text.charCodeAt(at);
      if (byCodePoint && point >= 0xd800 && point < 0xdc00) {
        point = text.codePointAt(at) ?? point;
        if (point > 0xffff) at += 1;
      }
      const next = after(state, point);
      if (next === 'found') return true;
      state = next;
    }
    return reach(program, state, lineEdge) === 'found';
  };
}

function nextOf(program: LinearProgram, place: number): number {
  const step = program.steps[place];
  return step === undefined || step.kind === 'found' ? 0 : step.next;
}

/** Places that wait for a character, once everything that takes up nothing is followed. */
function reach(program: LinearProgram, { places, before }: State, behind: Side): readonly number[] | 'found' {
  const waiting: number[] = [];
  const seen = new Uint8Array(program.steps.length);
  const todo = [...places];
  for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
    if (seen[place] === 1) continue;
    seen[place] = 1;
    const step = program.steps[place];
    if (step === undefined || step.kind === 'found') return 'found';
    if (step.kind === 'char') waiting.push(place);
    else if (step.kind === 'fork') todo.push(step.other, step.next);
    else if (holds(step.edge, before, behind)) todo.push(step.next);
  }
  return waiting;
}

function holds(edge: RegexEdge, before: Side, behind: Side): boolean {
  if (edge === '^') return before === lineEdge;
  if (edge === '$') return behind === lineEdge;
  const isBoundary = (before === word) !== (behind === word);
  return edge === 'b' ? isBoundary : !isBoundary;
}

function sideOf(point: number): Side {
  if (point === 10 || point === 13 || point === 0x2028 || point === 0x2029) return lineEdge;
  const isWord = (point >= 48 && point <= 57) || (point >= 65 && point <= 90) || point === 95 || (point >= 97 && point <= 122);
  return isWord ? word : 2;
}

function hasUnicodeSyntax(source: string): boolean {
  try {
    return new RegExp(source, 'u').unicode;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Whether the character that a place waits for may be this one. Each kind of character asks JavaScript once for each of ASCII. */
function createCharTest(program: LinearProgram, flags: string): (place: number, point: number) => boolean {
  const bySource = new Map<string, { readonly regex: RegExp; readonly ascii: Uint8Array }>();
  const byPlace = program.steps.map((step) => {
    if (step.kind !== 'char') return null;
    let test = bySource.get(step.source);
    if (test === undefined) {
      const regex = new RegExp(`^(?:${step.source})$`, flags);
      test = { regex, ascii: Uint8Array.from({ length: 128 }, (_, point) => Number(regex.test(String.fromCharCode(point)))) };
      bySource.set(step.source, test);
    }
    return test;
  });
  return (place, point) => {
    const test = byPlace[place] ?? null;
    if (test === null) return false;
    return point < 128 ? test.ascii[point] === 1 : test.regex.test(String.fromCodePoint(point));
  };
}
