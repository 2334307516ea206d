import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createContainerActions } from '../../src-main/app/container-actions';
import { createContainerRuns } from '../../src-main/app/container-runs';
import { hashWith, readInstallationSalt } from '../../src-main/app/installation-salt';
import { systemClock } from '../../src-main/platform/clock';
import { openFileLogger } from '../../src-main/platform/logger';
import { createThreadedStore } from '../../src-main/store/threaded-store';
import { bundleEntry } from '../helpers/bundle-entry';
import { testImage } from '../helpers/docker-engine';
import { describeWatched } from '../helpers/judged-containers';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

await describeWatched('runs of containers of a real engine', 'runs', (watched) => {
  const { engine, collector, look, find, waitForContainer, uniqueName } = watched;
  const { docker } = engine;
  it('tells what changed since it last ran well, by name and never by value', async () => {
    const directory = temporaryDirectory();
    const threadUrl = pathToFileURL(await bundleEntry('src-main/app/store-thread.ts', 'store-thread'));
    const store = createThreadedStore({ threadUrl, file: join(directory, 'logscope.db') });
    onTestFinished(() => store.close());
    const logger = await openFileLogger(directory);
    const runs = createContainerRuns({
      access: collector.containerAccess,
      store,
      clock: systemClock,
      hash: hashWith(readInstallationSalt(directory)),
      onUnexpected: (error) => logger.error('runs of containers', { error: String(error) }),
      goodAfterMs: 500,
    });
    const actions = createContainerActions({
      access: collector.containerAccess,
      runs,
      findFacts: find,
      terminal: { platform: 'linux', environment: {}, isExecutable: () => false },
      startTerminal: async () => null,
      onAttempt: (attempt) => logger.info('container action', { ...attempt }),
    });
    const follow = async () => {
      const latest = await look();
      runs.follow(latest);
      return latest;
    };
    const name = uniqueName();
    const compose = ['--label', 'com.docker.compose.project=shop', '--label', `com.docker.compose.service=${name}`];
    const good = await engine.run(
      ['--name', name, ...compose, '-e', 'DB_PASSWORD=old-secret-4711', '-e', 'GONE=old-secret-4712', '-p', '18080:80', '-m', '64m'],
      ...['sh', '-c', 'while :; do sleep 1; done', '--password=old-secret-4713'],
    );
    const identity = `${engine.endpoint} compose shop/${name}`;
    await waitFor(
      async () => {
        await follow();
        return (await store.recallRuns(identity)).length > 0;
      },
      { timeoutMs: 15_000, what: 'the good run to be remembered', everyMs: 100 },
    );
    expect((await actions.detail(good)).changes).toBeNull();
    await docker('rm', '-f', good);
    const otherImage = `logscope-runs:${process.pid}`;
    await docker('tag', testImage, otherImage);
    onTestFinished(() => docker('rmi', otherImage).then(() => undefined));
    const data = temporaryDirectory();
    const options = [
      '-e',
      'DB_PASSWORD=new-secret-4714',
      '-e',
      'ADDED=new-secret-4715',
      '-p',
      '18081:80',
      '-m',
      '128m',
      '-v',
      `${data}:/data`,
    ];
    const made = await docker('run', '-d', '--network', 'none', '--name', name, ...compose, ...options, otherImage, 'sh', '-c', 'exit 1');
    const id = made.stdout.trim();
    onTestFinished(() => docker('rm', '-f', id).then(() => undefined));
    await waitFor(async () => (await follow()).some((one) => one.id === id && one.state === 'exited'), {
      timeoutMs: 10_000,
      what: 'the failed run',
      everyMs: 100,
    });
    const detail = await actions.detail(id);
    expect(detail.changes?.goodRunLastedMs).toBeGreaterThanOrEqual(500);
    expect(detail.changes?.changes).toEqual([
      { what: 'image', name: '', kind: 'changed', before: testImage, after: otherImage },
      {
        what: 'command',
        name: '',
        kind: 'changed',
        before: expect.stringMatching(/^sh -c while :; do sleep 1; done --password=\[masked:secret:[0-9a-f]{6}\]$/),
        after: 'sh -c exit 1',
      },
      { what: 'environment', name: 'ADDED', kind: 'added', before: null, after: null },
      { what: 'environment', name: 'DB_PASSWORD', kind: 'changed', before: null, after: null },
      { what: 'environment', name: 'GONE', kind: 'removed', before: null, after: null },
      { what: 'port', name: '80/tcp', kind: 'changed', before: '18080', after: '18081' },
      { what: 'mount', name: '/data', kind: 'added', before: null, after: `bind ${data}` },
      { what: 'limit', name: 'memory', kind: 'changed', before: '64 MB', after: '128 MB' },
      { what: 'limit', name: 'memory+swap', kind: 'changed', before: '128 MB', after: '256 MB' },
    ]);
    await actions.act({ id, action: 'stop' });
    await store.close();
    logger.close();
    expect(JSON.stringify(detail)).not.toContain('secret-47');
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map((file) => file.name)).toEqual(expect.arrayContaining(['logscope.db', 'salt']));
    for (const file of files) expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain('secret-47');
    expect(readFileSync(join(directory, 'logscope.db'), 'latin1')).toContain('DB_PASSWORD');
  });

  it('notes an image that was tagged anew, a compose file and a mounted file that changed', async () => {
    const directory = temporaryDirectory();
    const composeFile = join(directory, 'compose.yaml');
    const source = join(directory, 'app.js');
    writeFileSync(composeFile, 'services: {}\n');
    writeFileSync(source, '1\n');
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(composeFile, longAgo, longAgo);
    utimesSync(source, longAgo, longAgo);
    const image = `logscope-stale-${process.pid}:latest`;
    await docker('tag', testImage, image);
    onTestFinished(() => docker('rmi', '-f', image).then(() => undefined));
    const name = uniqueName();
    const labels = ['--label', `com.docker.compose.project.config_files=${composeFile},relative.yaml`];
    const made = await docker(
      'run',
      '-d',
      '--network',
      'none',
      '--name',
      name,
      ...labels,
      '-v',
      `${directory}:/app`,
      image,
      'sleep',
      '1000',
    );
    const id = made.stdout.trim();
    onTestFinished(() => docker('rm', '-f', id).then(() => undefined));
    await waitForContainer(name, 'runs', ({ state }) => state === 'running');
    expect(await waitForContainer(name, 'was looked at', () => true)).toMatchObject({ newerThings: [], level: 'ok' });

    // Another image takes the name, and both files change.
    const committed = (await docker('commit', '-m', 'newer', id, image)).stdout.trim();
    expect(committed).toMatch(/^sha256:/);
    const later = new Date(Date.now() + 60_000);
    utimesSync(composeFile, later, later);
    utimesSync(source, later, later);
    // A restart is a new run: it is looked at again at once instead of after a minute.
    await docker('restart', '-t', '0', name);
    const stale = await waitForContainer(name, 'is noted as stale', ({ newerThings }) => newerThings.length === 3);
    expect(stale.newerThings.map(({ kind, name: what }) => [kind, what])).toEqual([
      ['image', image],
      ['compose-file', composeFile],
      ['mounted-file', expect.stringMatching(/(app\.js|compose\.yaml)$/)],
    ]);
    expect(stale.newerThings[0]?.changedAtMs).toBeGreaterThan(Date.now() - 60_000);
    expect(stale.level).toBe('ok');
    expect(stale.reasons.map(({ rule }) => rule)).toEqual(['container-newer-image', 'container-newer-compose', 'container-newer-file']);
  });
});
