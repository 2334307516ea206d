import { describe, expect, it } from 'vitest';
import { judgeHost } from '../../../../src-main/rules/judge-host';
import { judgeServices } from '../../../../src-main/rules/judge-services';
import { defaultSettings } from '../../../../src-shared/settings';
import type { ServiceFacts } from '../../../../src-shared/snapshots';
import { hostFacts, nowMs, serviceFacts } from './sample-facts';

const context = { nowMs, thresholds: defaultSettings.thresholds };
const timer = { kind: 'timer', timer: { unit: 'backup.service', lastRunAtMs: nowMs, nextRunAtMs: null } } as const;
const mount = { path: '/', device: '/dev/sda1', fileSystem: 'ext4', readOnly: false, totalBytes: 1050, usedBytes: 960, availableBytes: 40 };

describe('judgeHost', () => {
  it('is calm on a calm machine', () => {
    const { snapshot, findings } = judgeHost(hostFacts({ mounts: [{ ...mount, usedBytes: 100, availableBytes: 900 }] }), context);
    expect([snapshot.level, snapshot.cpuLevel, snapshot.memoryLevel, findings]).toEqual(['ok', 'ok', 'ok', []]);
  });

  it('calls a disk full by what is left for users, as df does', () => {
    const { snapshot, findings } = judgeHost(hostFacts({ mounts: [mount] }), context);
    expect([snapshot.mounts[0]?.usedRatio, snapshot.mounts[0]?.level]).toEqual([0.96, 'critical']);
    expect(findings.map((finding) => [finding.key, finding.level, finding.holdMs])).toEqual([['host/disk//', 'critical', 0]]);
  });

  it('leaves a full read-only mount in peace (an image is always full)', () => {
    expect(judgeHost(hostFacts({ mounts: [{ ...mount, readOnly: true }] }), context).findings).toEqual([]);
  });

  it('shows a busy processor red at once but reports it as a warning that must hold', () => {
    const facts = hostFacts();
    const { snapshot, findings } = judgeHost({ ...facts, cpu: { ...facts.cpu, busyRatio: 0.9 } }, context);
    expect([snapshot.cpuLevel, findings[0]?.level, findings[0]?.holdMs]).toEqual(['critical', 'warning', 60_000]);
  });

  it('does not judge what it does not know', () => {
    const facts = hostFacts();
    const { snapshot } = judgeHost({ ...facts, cpu: { ...facts.cpu, busyRatio: null } }, context);
    expect([snapshot.cpuLevel, snapshot.level]).toEqual(['unknown', 'unknown']);
  });
});

describe('judgeServices', () => {
  it.each<[Partial<ServiceFacts>, string, string[]]>([
    [{}, 'ok', []],
    [{ state: 'active (exited)' }, 'ok', []],
    [{ state: 'active (idle)' }, 'warning', []],
    [{ state: 'inactive' }, 'inactive', []],
    [{ state: 'failed', result: 'exit-code', exitStatus: 3 }, 'critical', ['critical Failed with exit code 3']],
    [{ state: 'failed', result: 'signal', exitStatus: 9 }, 'critical', ['critical Failed: ended by signal 9 (SIGKILL)']],
    [{ state: 'failed', result: 'exit-code', exitStatus: 203 }, 'critical', ['critical Failed before its program ran: EXEC (203)']],
    [{ state: 'failed', result: 'start-limit-hit' }, 'critical', ['critical Failed too often: systemd tries no more']],
    [{ state: 'failed', result: 'protocol' }, 'critical', ['critical Failed: protocol']],
    [
      { kind: 'socket', state: 'failed', result: 'resources' },
      'critical',
      ['critical Failed: a socket, file or other resource could not be had'],
    ],
    [{ state: 'failed', watched: false }, 'critical', []],
    [{ state: 'failed (zombie)' }, 'warning', ['warning Its main process has ended but was not collected (zombie)']],
    [{ state: 'auto-restart', restartCount: 1 }, 'warning', ['warning Waiting to be restarted, 1 restart so far']],
    [{ state: 'auto-restart', restartCount: 7 }, 'critical', ['critical Waiting to be restarted, 7 restarts so far']],
    // Between two crashes it runs or starts: the problem stays until it held for a minute.
    [{ restartCount: 2, stateSinceMs: nowMs - 59_000 }, 'warning', ['warning Restarted 2 times, running again for less than a minute']],
    [{ state: 'activating', restartCount: 5 }, 'critical', ['critical Restarted 5 times, running again for less than a minute']],
    [{ restartCount: 2, stateSinceMs: nowMs - 61_000 }, 'ok', []],
    // Stamped before the clock was set back: nobody knows for how long it runs, it is not "just now" for hours.
    [{ restartCount: 2, stateSinceMs: nowMs + 9 * 3_600_000 }, 'ok', []],
    [{ restartCount: 2, stateSinceMs: nowMs + 2_000 }, 'warning', ['warning Restarted 2 times, running again for less than a minute']],
    [{ state: 'activating' }, 'warning', []],
    // The alert is that of the service.
    [{ ...timer, result: 'exit-code', exitStatus: 7 }, 'warning', []],
    [{ ...timer, result: 'success' }, 'ok', []],
    [{ ...timer, result: null }, 'ok', []],
  ])('%o', (over, level, findings) => {
    const judged = judgeServices({ method: 'systemd', services: [serviceFacts(over)], unreadScopes: [], ports: [] }, { nowMs });
    expect(judged.snapshot.services[0]?.level).toBe(level);
    expect(judged.findings.map((finding) => `${finding.level} ${finding.reason.text}`)).toEqual(findings);
  });
});
