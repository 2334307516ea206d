import type { ContainerFacts, EngineDiskUse } from '../../../src-shared/snapshots/containers';
import type { AccessibleContainer, ContainerEngineClient, FollowedContainer } from '../../platform/container-engine';
import { ContainerDepth } from './depth';
import { deriveFacts } from './derive';
import type { EngineHistories } from './engine-histories';
import { DiskUseReader } from './read-disk-use';
import { type FiguresDeps, FiguresReader } from './read-figures';
import { maxStreamCount } from './read-stats';
import { ContainerWatch, type WatchedContainer } from './watch';

/** An engine that accepts connections and answers nothing is noticed by this: its open streams alone stay silent for ever. */
const pingEveryMs = 8_000;

export interface AttachmentDeps extends FiguresDeps {
  readonly histories: EngineHistories;
  /** Events from so long before attaching are asked for too; undefined: the watch's own default. */
  readonly eventOverlapMs: number | undefined;
}

export interface AttachmentReading {
  readonly containers: readonly ContainerFacts[];
  readonly diskUse: EngineDiskUse | null;
  readonly warnings: readonly string[];
}

/** One connection to one engine and all that hangs on it: event stream, figures, slow looks. */
export class Attachment {
  private readonly watch: ContainerWatch;
  private readonly depth: ContainerDepth;
  private readonly figures: FiguresReader;
  private readonly diskUse: DiskUseReader;
  private readonly lifetime = new AbortController();
  private isPinging = false;
  private pingedAtMs: number;
  private failure: unknown = null;

  private constructor(
    readonly client: ContainerEngineClient,
    private readonly engineId: string,
    private readonly deps: AttachmentDeps,
    onFollowed: (containers: readonly FollowedContainer[]) => void,
  ) {
    const histories = deps.histories.of(client, engineId);
    this.watch = new ContainerWatch(client, deps.clock, onFollowed, histories, deps.eventOverlapMs);
    this.depth = new ContainerDepth(client, deps.clock);
    this.figures = new FiguresReader(client, deps);
    this.diskUse = new DiskUseReader(client, deps.clock);
    this.pingedAtMs = deps.clock.monotonicMs();
  }

  /** Subscribes and lists. Throws ContainerEngineError; the client is closed then. */
  static async open(
    input: {
      readonly client: ContainerEngineClient;
      readonly engineId: string;
      readonly deps: AttachmentDeps;
      readonly signal: AbortSignal;
    },
    onFollowed: (containers: readonly FollowedContainer[]) => void,
  ): Promise<Attachment> {
    const attachment = new Attachment(input.client, input.engineId, input.deps, onFollowed);
    try {
      await attachment.watch.start(input.signal);
      return attachment;
    } catch (error) {
      attachment.close();
      throw error;
    }
  }

  /** Throws ContainerEngineError when the connection broke since the last reading. */
  async read(signal: AbortSignal): Promise<AttachmentReading> {
    if (this.failure !== null) throw this.failure;
    this.pingNowAndThen();
    const present = await this.watch.read(signal);
    const all = present.map(({ container }) => container);
    this.depth.update(all);
    this.figures.read(all);
    const containers = present.map((entry) => this.factsOf(entry));
    return { containers, diskUse: this.diskUse.read(), warnings: this.warnings() };
  }

  /** Null: this engine does not have it. */
  access(id: string): AccessibleContainer | null {
    const { client, watch } = this;
    const container = watch.find(id);
    return container === null ? null : { container, client, events: () => watch.eventsOf(id), noteAsked: () => watch.noteAsked(id) };
  }

  close(): void {
    this.lifetime.abort();
    this.watch.close();
    this.depth.close();
    this.diskUse.close();
    this.figures.close();
    this.client.close();
  }

  private factsOf(entry: WatchedContainer): ContainerFacts {
    const { container } = entry;
    const { figures, runsHere } = this.figures.of(container.id);
    return deriveFacts({
      ...entry,
      engineId: this.engineId,
      figures,
      machine: this.client.machine,
      runsHere,
      memoryGrowthBytesPerSecond: this.depth.memoryGrowth(container, figures.memoryUsedBytes),
      newerThings: this.depth.newerThings(container),
    });
  }

  /** Beside the reading, which must not wait for an engine that hangs. */
  private pingNowAndThen(): void {
    const nowMs = this.deps.clock.monotonicMs();
    if (this.isPinging || nowMs - this.pingedAtMs < pingEveryMs) return;
    this.isPinging = true;
    this.client
      .ping(this.lifetime.signal)
      .catch((error: unknown) => {
        if (!this.lifetime.signal.aborted) this.failure ??= error;
      })
      .finally(() => {
        this.isPinging = false;
        this.pingedAtMs = this.deps.clock.monotonicMs();
      });
  }

  private warnings(): readonly string[] {
    const { streams } = this.figures;
    const warnings: string[] = [];
    const malformed = this.watch.malformedCount + streams.malformedCount;
    if (malformed > 0) warnings.push(`${malformed} messages of the engine could not be read.`);
    const cut = this.depth.cutCount;
    if (cut > 0) warnings.push(`${cut} mounted folders are too large to be looked through whole for newer files.`);
    if (streams.refusedCount > 0) {
      warnings.push(`${streams.refusedCount} containers are without figures: the engine is asked for ${maxStreamCount} at a time at most.`);
    }
    return warnings;
  }
}
