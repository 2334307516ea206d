import { describe, expect, it } from 'vitest';
import { createPaint, wantsColours } from '../../../../src-main/cli/paint';
import { diagnose, showDoctor } from '../../../../src-main/cli/show-doctor';
import { showSnapshot } from '../../../../src-main/cli/show-snapshot';
import { displayWidth } from '../../../../src-main/cli/terminal-text';
import { engineState } from '../rules/sample-facts';
import { absentReadings, busyReadings } from './snapshot-samples';

const plain = createPaint(false);
const printable = /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]*$/;

describe('showSnapshot', () => {
  const text = showSnapshot({ node: 'dev-1', level: 'critical', readings: busyReadings }, plain);

  it('keeps to 100 columns and lets no control character of others through', () => {
    expect(text).toMatch(printable);
    for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(100);
  });

  it('tells what matters, worst first, and what it left out', () => {
    expect(text).toContain('✖ CRITICAL  dev-1\\x1b[2J\\u202eevil\\x07');
    expect(text).toContain('CPU 34 % of 2 cores · load 0.50 0.25 0.10 · memory 50 % of 8 GB, 4 GB available');
    expect(text).toContain('up 2 d 3 h');
    const lines = text.split('\n');
    const containers = lines.findIndex((line) => line.startsWith('Containers  docker 20.10.24 · 24 running of 25'));
    expect(lines[containers + 1]).toContain('exited 137 (oom)');
    expect(lines[containers + 2]).toContain('125.0 %');
    expect(text).toContain('and 5 more (--json has all)');
    expect(text).toContain('backup.service');
    expect(text).toContain('Failed with exit code 3');
    expect(text).toMatch(/ 90 xmr/);
    expect(text).toMatch(/\d\d:\d\d:\d\d api +\\x1b]0;owned\\x07 ERROR long/);
  });

  it('names every engine, and what is wrong with those that are not there', () => {
    const { containers } = busyReadings;
    if (containers.kind !== 'ok') throw new Error('the sample has containers');
    const away = { identity: null, hint: 'Start it.', detail: 'Nothing answers.' };
    const engines = [
      ...containers.data.engines,
      engineState({ id: 'unix:///a', endpoint: 'unix:///a', origin: 'context a', state: 'absent', ...away }),
      engineState({ state: 'stopped', ...away, identity: engineState().identity }),
    ];
    const readings = { ...busyReadings, containers: { ...containers, data: { ...containers.data, engines } } };
    const shown = showSnapshot({ node: 'dev-1', level: 'critical', readings }, plain);
    expect(shown).toContain('Containers  docker 20.10.24, unix:///a absent, docker stopped · 24 running of 25');
    const diagnosis = diagnose(readings).find(({ source }) => source === 'containers');
    expect(diagnosis?.detail).toContain('absent at unix:///a (context a): Nothing answers.');
    expect(diagnosis?.hint).toBe('unix:///a: Start it. x: Start it.');
  });

  it('tells calmly why a source is not there', () => {
    const absent = showSnapshot({ node: 'dev-1', level: 'unknown', readings: absentReadings }, plain);
    expect(absent).toMatch(printable);
    expect(absent).toContain('dev-1  failed: no answer\\x1b[2J');
    expect(absent).toContain('Containers  not-running: Nothing answers at /var/run/docker.sock.');
  });

  it('paints only when asked', () => {
    expect(showSnapshot({ node: 'dev-1', level: 'critical', readings: busyReadings }, createPaint(true))).toContain(
      '\u001b[31m✖ CRITICAL\u001b[0m',
    );
  });
});

describe('wantsColours', () => {
  it('is for terminals that want them', () => {
    expect(wantsColours({}, true)).toBe(true);
    expect(wantsColours({ NO_COLOR: '' }, true)).toBe(true);
    expect(wantsColours({ NO_COLOR: '1' }, true)).toBe(false);
    expect(wantsColours({ TERM: 'dumb' }, true)).toBe(false);
    expect(wantsColours({}, false)).toBe(false);
  });
});

describe('doctor', () => {
  it('diagnoses every source in a fixed order', () => {
    expect(diagnose(busyReadings).map((one) => `${one.source} ${one.state}`)).toEqual([
      'host ok',
      'containers ok',
      'pods unavailable',
      'services ok',
      'processes ok',
      'logs ok',
    ]);
    expect(diagnose(absentReadings)[1]).toEqual({
      source: 'containers',
      available: false,
      state: 'unavailable',
      reason: 'not-running',
      detail: 'Nothing answers at /var/run/docker.sock.',
      hint: 'Start Docker.',
      warnings: [],
      tookMs: 3.2,
    });
  });

  it('tells how often log streams had to be opened again', () => {
    const source = { id: 'x', kind: 'container', logKind: 'event', name: 'api', state: 'following', detail: null } as const;
    const counts = { lineCount: 1, matchedCount: 0, cutCount: 0, lastLineAtMs: null, errorsPerMinute: [] };
    const { logs } = busyReadings;
    if (logs.kind !== 'ok') throw new Error('the sample has logs');
    const sources = [1, 2].map((reopenedCount) => ({ ...source, ...counts, reopenedCount }));
    const readings = { ...busyReadings, logs: { ...logs, data: { ...logs.data, sources } } };
    expect(diagnose(readings).at(-1)?.detail).toBe('2 logs, 2 followed, 3 streams opened again after a break');
  });

  it('shows reason and remedy', () => {
    const text = showDoctor(diagnose(absentReadings), plain);
    expect(text).toMatch(printable);
    expect(text).toContain('○ containers  not-running  3 ms\n  Nothing answers at /var/run/docker.sock.\n  → Start Docker.');
    expect(text).toContain('✖ host        timeout');
  });
});
