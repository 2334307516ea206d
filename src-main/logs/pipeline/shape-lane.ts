import { randomInt } from 'node:crypto';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { RecordRun, RunKind } from '../../store/logs/log-store';
import type { ParseContext } from '../parse/context';
import { parseLine } from '../parse/parse-line';
import { type JudgedShape, judgeShape } from '../shapes/judge-shape';
import { ShapeScanner } from '../shapes/scan-shapes';
import { ShapeTable } from '../shapes/shape-table';
import { type EntryHolder, mayGoOn } from './hold-entries';
import { type PackedBatch, PackedReader, type UnpackedLine } from './packed-batch';
import { kindOf, type PatternLane, type ShapeCounts } from './shape-counts';

interface KnownShape extends Omit<JudgedShape, 'masked' | 'level'> {
  readonly lane: PatternLane;
  /** As the last line of a batch it is held for what may follow. */
  readonly mayGoOn: boolean;
}

/** Lines of the shape go the usual way. */
interface UsualShape {
  readonly lane: null;
}

const usual: UsualShape = { lane: null };

/** What the lane needs of the pipeline while it takes a block. */
export interface ShapeLaneTurn {
  readonly origin: LogOrigin;
  readonly parse: ParseContext;
  /** Times behind this are not believed; `elseAtMs` counts then. */
  readonly believedToMs: number;
  readonly elseAtMs: number;
  readonly holder: EntryHolder;
  /** No private key stands open, or may. */
  readonly isSettled: () => boolean;
  readonly holdsSecret: (text: string) => boolean;
  /** Takes a line the usual way. */
  readonly takeLine: (line: UnpackedLine) => void;
  /** Hands on the entry that is held. */
  readonly release: () => void;
  /** Lines that were not handed to `takeLine`; `lastAtMs`: the newest of their times. */
  readonly onRun: (run: RecordRun, lastAtMs: number) => void;
}

/**
 * Takes the lines of a block whose shape was judged before without looking at them again: they are counted and kept as bytes. Everything
 * else goes the usual way, and so does a line that the next one, which does, may belong to. What comes of it is the same.
 */
export class ShapeLane {
  private readonly scanner = new ShapeScanner(randomInt(2 ** 31));
  private readonly shapes = new ShapeTable<KnownShape | UsualShape>(() => this.counts.forgetLanes());
  private runCount = 0;
  /** Of the lines of a run, by their index in the block. */
  private readonly lanes: PatternLane[] = [];

  constructor(private readonly counts: ShapeCounts) {}

  take(batch: PackedBatch, turn: ShapeLaneTurn): void {
    const { ends, atMs, cutBytes } = batch;
    this.scanner.scan(batch.bytes, ends);
    const { low, high } = this.scanner;
    const reader = new PackedReader(batch);
    let runFrom = -1;
    let last: KnownShape | null = null;
    for (let index = 0; index < ends.length; index += 1) {
      const lineLow = low[index] as number;
      const lineHigh = high[index] as number;
      const hasShape = lineHigh !== 0 && cutBytes[index] === 0 && (atMs[index] as number) >= 0;
      const shape = hasShape ? this.shapes.find(lineLow, lineHigh) : null;
      if (shape !== null && shape.lane !== null && this.begins(shape, last, runFrom, turn) && isPlain(shape, index, reader, turn)) {
        if (runFrom < 0) {
          turn.release();
          if (turn.isSettled()) runFrom = index;
        }
        // A release may have changed which patterns there are.
        if (runFrom >= 0 && this.counts.statOf(shape.lane) !== null) {
          last = shape;
          this.lanes[index] = shape.lane;
          continue;
        }
      }
      if (runFrom >= 0) {
        this.endRun(batch, turn, runFrom, index - 1);
        if (index > runFrom) turn.takeLine(reader.lineOf(index - 1));
        runFrom = -1;
      }
      const line = reader.lineOf(index);
      turn.takeLine(line);
      if (hasShape && shape === null && this.shapes.note(lineLow, lineHigh)) this.learn(lineLow, lineHigh, line.text, turn.parse);
    }
    if (runFrom < 0) return;
    const isHeld = last?.mayGoOn === true;
    this.endRun(batch, turn, runFrom, isHeld ? ends.length - 1 : ends.length);
    if (isHeld) turn.takeLine(reader.lineOf(ends.length - 1));
  }

  /** It begins an entry, and its pattern is known. */
  private begins(shape: KnownShape, last: KnownShape | null, runFrom: number, turn: ShapeLaneTurn): boolean {
    if (this.counts.statOf(shape.lane) === null) return false;
    return shape.isHeaded || (shape.standsAlone && (runFrom < 0 ? turn.holder.opensNothing : last?.opensNothing === true));
  }

  private learn(low: number, high: number, text: string, parse: ParseContext): void {
    const judged = judgeShape(text, parseLine(text, parse));
    if (judged === null) {
      this.shapes.learn(low, high, usual);
      return;
    }
    const { masked, level, ...rest } = judged;
    this.shapes.learn(low, high, { ...rest, lane: this.counts.laneOf(masked, level), mayGoOn: mayGoOn(text) });
  }

  /** The lines `from` to before `to` are counted and handed on. */
  private endRun({ bytes, ends, atMs }: PackedBatch, turn: ShapeLaneTurn, from: number, to: number): void {
    const count = to - from;
    if (count <= 0) return;
    this.runCount += 1;
    const start = from === 0 ? 0 : (ends[from - 1] as number) + 1;
    const runEnds = new Uint32Array(count);
    const times = new Float64Array(count);
    const kinds = new Uint16Array(count);
    const kindList: RunKind[] = [];
    let lastAtMs = 0;
    for (let at = 0; at < count; at += 1) {
      const lane = this.lanes[from + at] as PatternLane;
      if (lane.run !== this.runCount) {
        lane.run = this.runCount;
        lane.kind = kindList.push(kindOf(lane)) - 1;
      }
      const told = atMs[from + at] as number;
      const time = told <= turn.believedToMs ? told : turn.elseAtMs;
      runEnds[at] = (ends[from + at] as number) - start;
      times[at] = time;
      kinds[at] = lane.kind;
      if (time > lastAtMs) lastAtMs = time;
      this.counts.add(lane, turn.origin, time);
    }
    this.counts.settle(turn.origin);
    const text = bytes.subarray(start, (ends[to - 1] as number) + 1);
    turn.onRun({ origin: turn.origin.key, text, ends: runEnds, atMs: times, kinds, kindList }, lastAtMs);
  }
}

function isPlain(shape: KnownShape, index: number, reader: PackedReader, turn: ShapeLaneTurn): boolean {
  return !shape.mayHoldSecret || !turn.holdsSecret(reader.textOf(index));
}
