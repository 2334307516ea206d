import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { composeFilesOf, NewerThings } from '../../../../../src-main/collectors/containers/newer-things';
import type { ContainerEngineClient, EngineContainer } from '../../../../../src-main/platform/container-engine';
import type { EngineImage } from '../../../../../src-main/platform/container-engine-detail';
import { createFakeTime } from '../../../../helpers/fake-time';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';
import { waitFor } from '../../../../helpers/wait-for';

const image = (id: string): EngineImage => ({ id, digest: null, createdAtMs: 5_000, taggedAtMs: 9_000 });
const startedAtMs = 100_000;

function container(over: Partial<EngineContainer> = {}): EngineContainer {
  return {
    id: 'c1',
    state: 'running',
    image: 'api:1',
    imageId: 'sha256:old',
    labels: {},
    binds: [],
    createdAtMs: startedAtMs,
    startedAtMs,
    ...over,
  } as EngineContainer;
}

function open(isLocalSocket = true) {
  const asked: string[] = [];
  const client = {
    isLocalSocket,
    inspectImage: async (reference: string) => {
      asked.push(reference);
      return image('sha256:new');
    },
  } as unknown as ContainerEngineClient;
  const time = createFakeTime();
  return { newer: new NewerThings(client, time), asked, time };
}

describe('NewerThings', () => {
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory();
  });

  it('looks at once at a new run, then not before the next round is due', async () => {
    const { newer, asked, time } = open();
    const present = [container(), container({ id: 'c2' }), container({ id: 'c3', state: 'exited' })];
    newer.look(present);
    await waitFor(() => newer.of(container({ id: 'c2' })).length > 0, { timeoutMs: 2_000, what: 'the first look' });
    expect(newer.of(container())).toEqual([{ kind: 'image', name: 'api:1', changedAtMs: 9_000 }]);
    // Asked once for both; one that does not run is not looked at.
    expect(asked).toEqual(['api:1']);
    expect(newer.of(container({ id: 'c3' }))).toEqual([]);
    expect(newer.of(container({ startedAtMs: startedAtMs + 1 }))).toEqual([]);
    newer.look(present);
    expect(asked).toHaveLength(1);
    await waitFor(
      async () => {
        await time.advance(61_000);
        newer.look(present);
        return asked.length === 2;
      },
      { timeoutMs: 2_000, what: 'the second round' },
    );
    newer.close();
  });

  it('does not look at names that stand for one image for ever, nor over a network', async () => {
    const remote = open(false);
    remote.newer.look([container()]);
    expect(remote.asked).toEqual([]);
    const { newer, asked } = open();
    newer.look([container({ image: 'api@sha256:aa' }), container({ id: 'c2', image: 'sha256:aa' }), container({ id: 'c3' })]);
    await waitFor(() => newer.of(container({ id: 'c3' })).length > 0, { timeoutMs: 2_000, what: 'the look' });
    expect(asked).toEqual(['api:1']);
  });

  it('tells compose and mounted files that changed since', async () => {
    const compose = join(directory, 'compose.yaml');
    const code = join(directory, 'src');
    mkdirSync(code);
    writeFileSync(compose, '');
    writeFileSync(join(code, 'app.js'), '');
    utimesSync(compose, 200, 200);
    utimesSync(join(code, 'app.js'), 300, 300);
    const { newer } = open();
    const one = container({
      imageId: 'sha256:new',
      labels: { 'com.docker.compose.project.config_files': compose },
      binds: [
        { source: code, readOnly: false },
        { source: '/proc', readOnly: true },
      ],
    });
    newer.look([one]);
    await waitFor(() => newer.of(one).length > 0, { timeoutMs: 2_000, what: 'the look' });
    expect(newer.of(one)).toEqual([
      { kind: 'compose-file', name: compose, changedAtMs: 200_000 },
      { kind: 'mounted-file', name: join(code, 'app.js'), changedAtMs: 300_000 },
    ]);
  });
});

describe('composeFilesOf', () => {
  it('takes absolute paths only', () => {
    const label = (list: string) => composeFilesOf({ 'com.docker.compose.project.config_files': list });
    expect(label('/srv/a.yaml,/srv/b.yaml')).toEqual(['/srv/a.yaml', '/srv/b.yaml']);
    expect(label('compose.yaml, C:\\shop\\compose.yaml')).toEqual(['C:\\shop\\compose.yaml']);
    expect(composeFilesOf({})).toEqual([]);
  });
});
