import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, test, vi } from 'vitest';
import { createProcessSurroundings, type ProcessSurroundingsDeps } from '../../../../src-main/app/process-context';
import { createFakeTime } from '../../../helpers/fake-time';
import { temporaryDirectory } from '../../../helpers/temporary-directory';
import { waitFor } from '../../../helpers/wait-for';
import { processFacts } from '../rules/sample-facts';

test.runIf(process.platform === 'linux')('desktop entries are read again every ten minutes, also when the clock was set back', async () => {
  const home = temporaryDirectory();
  vi.stubEnv('XDG_DATA_HOME', home);
  onTestFinished(() => void vi.unstubAllEnvs());
  const exe = join(home, 'drawing');
  writeFileSync(exe, '');
  chmodSync(exe, 0o755);
  mkdirSync(join(home, 'applications'));
  const nameIt = (name: string) =>
    writeFileSync(join(home, 'applications', 'drawing.desktop'), `[Desktop Entry]\nType=Application\nName=${name}\nExec=${exe}\n`);
  const time = createFakeTime(Date.UTC(2026, 10, 22));
  const { desktopEntryOf } = createProcessSurroundings({
    options: { selfPid: 1, roots: { run: home } },
    clock: time,
    latestServices: () => null,
  } as unknown as ProcessSurroundingsDeps);
  const waitForName = (name: string) =>
    waitFor(() => desktopEntryOf(processFacts({ exe }))?.name === name, { timeoutMs: 5_000, what: `an entry called ${name}` });
  nameIt('Drawing');
  await waitForName('Drawing');
  nameIt('Painting');
  time.setWall(-9 * 3_600_000);
  await time.advance(10 * 60_000);
  await waitForName('Painting');
});
