import type { NewerThing } from '../../../src-shared/snapshots/containers';
import type { Clock } from '../../platform/clock';
import { type ContainerEngineClient, ContainerEngineError, type EngineContainer } from '../../platform/container-engine';
import { isAlive } from './derive';
import { type NewestFile, readChangeTime, readNewestFile } from './read-newest-file';

const lookEveryMs = 60_000;
/** A look that took a second is repeated after 200: never more than half a percent of the time. */
const restFactor = 200;
/** File systems stamp with up to two seconds of coarseness, and compose writes its file and starts at once. */
const slackMs = 2_000;
const none: readonly NewerThing[] = [];

interface Finding {
  /** Of which run. */
  readonly startedAtMs: number | null;
  readonly things: readonly NewerThing[];
}

/**
 * What is newer than a running container: the image its name stands for, its compose files, files mounted into it. Looked
 * at off the sampling path, one thing after the other, and only when engine and LogScope share a machine.
 */
export class NewerThings {
  private readonly findings = new Map<string, Finding>();
  private readonly lifetime = new AbortController();
  private looking = false;
  private dueAtMs = Number.NEGATIVE_INFINITY;
  /** After a look that the engine did not answer. */
  private restsUntilMs = Number.NEGATIVE_INFINITY;
  private cut = 0;
  private unexpected: unknown = null;

  constructor(
    private readonly client: ContainerEngineClient,
    private readonly clock: Clock,
  ) {}

  get cutCount(): number {
    return this.cut;
  }

  of({ id, startedAtMs }: EngineContainer): readonly NewerThing[] {
    const finding = this.findings.get(id);
    return finding === undefined || finding.startedAtMs !== startedAtMs ? none : finding.things;
  }

  /** Starts a round when one is due, or when a container runs that was not looked at. Does not wait for it. */
  look(present: readonly EngineContainer[]): void {
    if (this.unexpected !== null) throw this.unexpected;
    if (this.looking || !this.client.isLocalSocket || this.lifetime.signal.aborted) return;
    const nowMs = this.clock.monotonicMs();
    if (nowMs < this.restsUntilMs) return;
    const running = present.filter(isAlive);
    const isDue = nowMs >= this.dueAtMs;
    const fresh = running.filter(({ id, startedAtMs }) => this.findings.get(id)?.startedAtMs !== startedAtMs);
    if (!isDue && fresh.length === 0) return;
    this.looking = true;
    void this.round(isDue ? running : fresh, isDue);
  }

  close(): void {
    this.lifetime.abort();
  }

  private async round(containers: readonly EngineContainer[], whole: boolean): Promise<void> {
    const startedAtMs = this.clock.monotonicMs();
    const shared = new SharedLooks(this.client, this.lifetime.signal);
    try {
      for (const container of containers) {
        if (this.lifetime.signal.aborted) return;
        const things = await newerThan(container, shared);
        this.findings.set(container.id, { startedAtMs: container.startedAtMs, things });
      }
      if (whole) {
        const ids = new Set(containers.map(({ id }) => id));
        for (const id of this.findings.keys()) if (!ids.has(id)) this.findings.delete(id);
        this.cut = shared.cutCount;
        const tookMs = this.clock.monotonicMs() - startedAtMs;
        this.dueAtMs = this.clock.monotonicMs() + Math.max(lookEveryMs, tookMs * restFactor);
      }
    } catch (error) {
      // The engine went away: the watch tells that.
      if (!(error instanceof ContainerEngineError)) this.unexpected = error;
      this.restsUntilMs = this.clock.monotonicMs() + lookEveryMs;
    } finally {
      this.looking = false;
    }
  }
}

/** One round's answers: containers of one project share image, compose file and source folder. */
class SharedLooks {
  cutCount = 0;
  private readonly images = new Map<string, ReturnType<ContainerEngineClient['inspectImage']>>();
  private readonly folders = new Map<string, Promise<NewestFile>>();

  constructor(
    private readonly client: ContainerEngineClient,
    private readonly signal: AbortSignal,
  ) {}

  image(reference: string) {
    return remembered(this.images, reference, () => this.client.inspectImage(reference, this.signal));
  }

  folder(path: string, sourcesOnly: boolean): Promise<NewestFile> {
    return remembered(this.folders, `${sourcesOnly} ${path}`, async () => {
      const newest = await readNewestFile(path, { sourcesOnly, signal: this.signal });
      if (newest.cut) this.cutCount += 1;
      return newest;
    });
  }
}

async function newerThan(container: EngineContainer, shared: SharedLooks): Promise<readonly NewerThing[]> {
  const things: NewerThing[] = [];
  const image = isName(container.image) ? await shared.image(container.image) : null;
  if (image !== null && container.imageId !== '' && image.id !== container.imageId) {
    const changedAtMs = image.taggedAtMs ?? image.createdAtMs;
    if (changedAtMs !== null) things.push({ kind: 'image', name: container.image, changedAtMs });
  }
  for (const path of composeFilesOf(container.labels)) {
    const changedAtMs = await readChangeTime(path);
    if (changedAtMs !== null && changedAtMs > container.createdAtMs + slackMs)
      things.push({ kind: 'compose-file', name: path, changedAtMs });
  }
  const { startedAtMs } = container;
  for (const { source, readOnly } of startedAtMs === null ? [] : container.binds) {
    if (!isWorthLooking(source)) continue;
    // Into what it may write it does write: there only what looks like a source or a setting counts.
    const newest = await shared.folder(source, !readOnly);
    if (newest.file !== null && startedAtMs !== null && newest.file.changedAtMs > startedAtMs + slackMs) {
      things.push({ kind: 'mounted-file', name: newest.file.path, changedAtMs: newest.file.changedAtMs });
    }
  }
  return things;
}

/** A content id or digest stands for one image for ever. */
function isName(reference: string): boolean {
  return reference !== '' && !reference.includes('@') && !reference.startsWith('sha256:') && !/^[0-9a-f]{12,64}$/.test(reference);
}

/** Absolute paths only: relative ones are relative to a folder nobody knows any more. */
export function composeFilesOf(labels: Readonly<Record<string, string>>): readonly string[] {
  const list = labels['com.docker.compose.project.config_files'] ?? '';
  return list
    .split(',')
    .map((path) => path.trim())
    .filter((path) => /^(\/|[A-Za-z]:[\\/])/.test(path))
    .slice(0, 10);
}

/** The machine's own places change all the time and say nothing about the container. */
function isWorthLooking(source: string): boolean {
  return !/^\/($|proc|sys|dev|run|var\/run|var\/lib|var\/log|etc\/(hosts|hostname|resolv\.conf|localtime|timezone)$|tmp\/\.X11-unix)/.test(
    source,
  );
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}
