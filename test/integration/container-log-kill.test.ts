import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleEntry } from '../helpers/bundle-entry';
import { startDockerEngine } from '../helpers/docker-engine';
import { directoryOnDisk } from '../helpers/followed-files';
import { keptTexts } from '../helpers/kept-texts';
import { openKillable, randomOf } from '../helpers/killable-child';

/** LOGSCOPE_KILLS=60 for more than a sample. */
const kills = Number(process.env.LOGSCOPE_KILLS ?? 3);
const seed = Number(process.env.LOGSCOPE_SEED ?? 20_261_122);

const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: killed while it reads a real engine's logs: ${engine.unavailable}`);

const pieceLines = 300;
/** Both streams at once, each in pieces, until /stop is there; then each says how many pieces it printed. */
const printer = (stream: string, redirect: string) => `
( r=0
  while [ ! -e /stop ]; do
    awk -v r=$r 'BEGIN { for (i = 1; i <= ${pieceLines}; i++) print "${stream} " r " " i }' ${redirect}
    r=$((r + 1))
    usleep 80000
  done
  echo "${stream} ended after $r" ${redirect} ) &`;
const script = `sleep 1${printer('out', '')}${printer('err', '>&2')}\nwait; sleep 1000`;

/** What it printed, by what it says it did; null: it has not said so yet. */
function wantedOf(kept: readonly string[]): readonly string[] | null {
  const wanted: string[] = [];
  for (const stream of ['out', 'err']) {
    const end = kept.find((text) => text.startsWith(`${stream} ended after `));
    if (end === undefined) return null;
    const rounds = Number(end.split(' ').at(-1));
    for (let round = 0; round < rounds; round += 1)
      for (let number = 1; number <= pieceLines; number += 1) wanted.push(`${stream} ${round} ${number}`);
    wanted.push(end);
  }
  return wanted;
}

describe.skipIf('unavailable' in engine)('a container that floods on both streams', { concurrent: true }, () => {
  if ('unavailable' in engine) return;
  const program = bundleEntry('test/helpers/container-log-child.ts', 'container-log-child', ['dockerode']);
  const rotating = ['--log-opt', 'max-size=3m', '--log-opt', 'max-file=20'];

  afterAll(async () => {
    await engine.removeContainers();
    await engine.stop();
  });

  it.for([
    { way: 'file', what: "from Docker's own file", options: rotating },
    { way: 'engine', what: 'by the engine, over rotations', options: rotating },
    { way: 'engine', what: 'by the engine', options: [] },
  ])(
    `T3: is kept line for line, once each, read $what, over ${kills} kills at random points`,
    {
      timeout: 90_000 + kills * 10_000,
    },
    async ({ way, options, what }, { onTestFinished }) => {
      const random = randomOf(seed + what.length);
      const directory = join(directoryOnDisk(onTestFinished), 'store');
      const name = `kill-${process.pid}-${what.length}`;
      const child = openKillable(await program, [directory, engine.endpoint, name, way], onTestFinished);
      child.start();
      await child.says('ready');
      const id = await engine.run([...options, '--name', name], 'sh', '-c', script);
      await child.says(way === 'file' ? 'file' : 'lines');
      await child.killAfter(500);
      for (let left = kills - 1; left > 0; left -= 1) {
        child.start();
        await child.says('ready');
        await child.killAfter(random() * 1_500);
      }
      child.start();
      await child.says('ready');
      await engine.docker('exec', id, 'touch', '/stop');
      let kept: readonly string[] = [];
      for (let readMs = 2_000; readMs <= 32_000; readMs *= 2) {
        await child.killAfter(readMs);
        const before = kept.length;
        kept = await keptTexts(directory, `container/${id}`);
        const wanted = wantedOf(kept);
        // A busy machine may give it nothing in two seconds.
        if (wanted !== null && (kept.length >= wanted.length || (kept.length === before && readMs >= 8_000))) break;
        child.start();
      }
      const wanted = wantedOf(kept) ?? [];
      const read = new Set(kept);
      const missing = wanted.filter((text) => !read.has(text));
      if (process.env.LOGSCOPE_KILLS)
        console.log(`${what}: ${kills} kills, ${wanted.length} lines, ${missing.length} missing, ${kept.length - read.size} repeated`);
      expect({ missing: missing.slice(0, 5), missingCount: missing.length }).toEqual({ missing: [], missingCount: 0 });
      expect(kept.length).toBe(wanted.length);
      expect(wanted.length).toBeGreaterThan(10_000);
    },
  );
});
