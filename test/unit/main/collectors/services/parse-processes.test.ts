import { expect, test } from 'vitest';
import { parseProcessStat, parseProgramName, parsePs } from '../../../../../src-main/collectors/services/parse-processes';

test('a stat line whose name holds spaces and brackets', () => {
  const line = '812 (a ) R (b) S 1 812 812 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 4 0 9012 226000000 1234 18446744073709551615 1 1 0 0';
  expect(parseProcessStat(line)).toEqual({
    pid: 812,
    ppid: 1,
    comm: 'a ) R (b',
    state: 'S',
    cpuTicks: 200,
    startTicks: 9012,
    threadCount: 4,
    rssPages: 1234,
  });
});

test.each(['', '812', '812 (cut) S 1', ') ('])('no stat line: %j', (text) => {
  expect(parseProcessStat(text)).toBeNull();
});

test.each([
  ['/usr/sbin/nginx\0-g\0daemon off;\0', 'nginx'],
  ['nginx: master process /usr/sbin/nginx', 'nginx'],
  ['postgres: writer process', 'postgres'],
  ['', ''],
])('the program of %j is %j', (commandLine, name) => {
  expect(parseProgramName(commandLine)).toBe(name);
});

test('ps of macOS', () => {
  const text =
    '    1     0 Ss     0:12.34   1024 /sbin/launchd\n  501     1 S   1-02:03:04.50  20480 /Applications/Some App.app/Contents/MacOS/Some App\nnonsense\n';
  expect(parsePs(text)).toEqual([
    { pid: 1, ppid: 0, comm: 'launchd', state: 'S', cpuTicks: 1_234, startTicks: 0, threadCount: 1, rssPages: 1_024 },
    { pid: 501, ppid: 1, comm: 'Some App', state: 'S', cpuTicks: 9_378_450, startTicks: 0, threadCount: 1, rssPages: 20_480 },
  ]);
});
