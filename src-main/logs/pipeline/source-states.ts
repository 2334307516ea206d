import type { KeyStart } from '../../../src-shared/redact/private-key-block';
import { LineRedactor, type RedactorOptions } from '../../../src-shared/redact/redactor';
import type { LogStore } from '../../store/logs/log-store';
import { parseLine } from '../parse/parse-line';
import type { LogEntry } from './entry';
import { type Continuation, EntryHolder } from './hold-entries';

export interface SourceStatesDeps {
  readonly sink: Pick<LogStore, 'note' | 'notes'>;
  /** See LineRedactor. */
  readonly hash: (secret: string) => string;
  readonly maskEmail: () => boolean;
  readonly continuation: () => Continuation;
}

/** What is known of one source from one line to the next. */
export interface SourceState {
  readonly holder: EntryHolder;
  /** Of the newest line that told its time; null: none did. Asked for lines of the past only. */
  toldAtMs: number | null;
  /** No private key stands open in it, or may. */
  readonly isSettled: boolean;
}

/** A class, for thousands of them: an object written with a getter has tables of its own (500 bytes). */
class State implements SourceState {
  toldAtMs: number | null = null;

  constructor(
    readonly holder: EntryHolder,
    readonly redactor: LineRedactor,
    /** It is written down that it is within a private key. */
    public isKeyNoted: boolean,
  ) {}

  get isSettled(): boolean {
    return this.redactor.isSettled;
  }
}

export interface MaskedEntry {
  readonly text: string;
  readonly maskedCount: number;
  /** What is said, without head. */
  readonly message: string;
}

const maxSources = 5_000;
const openKeyNote = 'open-key/';

/** Every source that had lines lately: its unfinished entry, and whether a private key stands open in it, over restarts too. */
export class SourceStates {
  private readonly states = new Map<string, State>();
  private last: { readonly key: string; readonly state: State } | null = null;
  /** Noted as within a private key, and out of it again. */
  private readonly endedKeys = new Set<string>();

  private readonly openKey: RedactorOptions;
  private readonly doubt: RedactorOptions;

  constructor(private readonly deps: SourceStatesDeps) {
    const { hash, maskEmail } = deps;
    const optionsFrom = (start: KeyStart): RedactorOptions => ({
      hash,
      get email() {
        return maskEmail();
      },
      start,
    });
    this.openKey = optionsFrom('key');
    this.doubt = optionsFrom('doubt');
  }

  of(key: string): SourceState {
    return this.stateOf(key);
  }

  /** Lines of one source come many at a time. */
  private stateOf(key: string): State {
    if (this.last?.key === key) return this.last.state;
    const state = this.states.get(key) ?? this.begin(key);
    this.last = { key, state };
    return state;
  }

  /** To be called with every entry of a source in its order. */
  mask({ sourceKey, texts, parsed, cutBytes }: LogEntry): MaskedEntry {
    const state = this.stateOf(sourceKey);
    const [only = ''] = texts;
    if (texts.length === 1) {
      const { text, maskedCount } = state.redactor.redact(only, cutBytes > 0);
      this.followKey(sourceKey, state);
      return { text, maskedCount, message: text === only ? parsed.message : parseLine(text).message };
    }
    const masked: string[] = [];
    let maskedCount = 0;
    for (const [index, text] of texts.entries()) {
      const redaction = state.redactor.redact(text, cutBytes > 0 && index === texts.length - 1);
      masked.push(redaction.text);
      maskedCount += redaction.maskedCount;
    }
    this.followKey(sourceKey, state);
    const [first = ''] = masked;
    return { text: masked.join('\n'), maskedCount, message: first === only ? parsed.message : parseLine(first).message };
  }

  /** Everything that was masked is stored: what is over need not be known after a restart. */
  stored(): void {
    for (const sourceKey of this.endedKeys) this.deps.sink.note(openKeyNote + sourceKey, null);
    this.endedKeys.clear();
  }

  /** Whoever goes on in the middle of a key must know it: noted before its lines are stored, taken back after its end is. */
  private followKey(sourceKey: string, state: State): void {
    const { isInKey } = state.redactor;
    if (isInKey === state.isKeyNoted) return;
    state.isKeyNoted = isInKey;
    if (!isInKey) this.endedKeys.add(sourceKey);
    else if (!this.endedKeys.delete(sourceKey)) this.deps.sink.note(openKeyNote + sourceKey, 'open');
  }

  private begin(key: string): State {
    const isKeyNoted = this.deps.sink.notes().has(openKeyNote + key);
    // Where reading begins a key may stand open.
    const redactor = new LineRedactor(isKeyNoted ? this.openKey : this.doubt);
    const state = new State(new EntryHolder(this.deps.continuation()), redactor, isKeyNoted);
    this.states.set(key, state);
    if (this.states.size > maxSources) this.forgetOldest();
    return state;
  }

  private forgetOldest(): void {
    this.last = null;
    for (const [key, { holder }] of this.states) {
      if (holder.isEmpty) this.states.delete(key);
      if (this.states.size <= maxSources) return;
    }
  }
}
