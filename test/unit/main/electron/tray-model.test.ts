import { describe, expect, it } from 'vitest';
import { deriveTrayModel } from '../../../../src-main/electron/tray-model';
import { alertSample } from '../../../helpers/alert-samples';

const calm = { looked: true, alerts: [], paused: false, language: 'en' } as const;

describe('deriveTrayModel', () => {
  it('says that it has not looked yet, then that all is clear', () => {
    expect(deriveTrayModel({ ...calm, looked: false })).toMatchObject({ picture: 'unknown', tooltip: 'LogScope: Looking around' });
    expect(deriveTrayModel(calm)).toEqual({
      picture: 'ok',
      tooltip: 'LogScope: All clear',
      status: 'All clear',
      problems: [],
      more: null,
      paused: false,
    });
  });

  it('puts the worst first, then the newest, and counts the rest', () => {
    const alerts = [
      alertSample({ key: 'w', level: 'warning', subject: 'api', raisedAtMs: 9 }),
      alertSample({ key: 'c1', subject: 'old', raisedAtMs: 1 }),
      alertSample({ key: 'c2', subject: 'new', raisedAtMs: 2, countToday: 3 }),
    ];
    const model = deriveTrayModel({ ...calm, alerts });
    expect(model.picture).toBe('critical');
    expect(model.status).toBe('2 critical problems');
    expect(model.tooltip).toBe('LogScope: new stopped, Exited with code 1 · container · 3 times today (+2)');
    expect(model.problems.map((problem) => [problem.level, problem.label.split(' ')[0]])).toEqual([
      ['critical', 'new'],
      ['critical', 'old'],
      ['warning', 'api'],
    ]);
  });

  it('lists five and says how many more', () => {
    const alerts = Array.from({ length: 7 }, (_, index) => alertSample({ key: `k${index}` }));
    const model = deriveTrayModel({ ...calm, alerts });
    expect(model.problems).toHaveLength(5);
    expect(model.more).toBe('2 more problems');
    expect(deriveTrayModel({ ...calm, alerts: alerts.slice(0, 6) }).more).toBe('1 more problem');
  });

  it('leaves out what is over, keeps what is dismissed', () => {
    expect(deriveTrayModel({ ...calm, alerts: [alertSample({ clearedAtMs: 5 })] }).picture).toBe('ok');
    expect(deriveTrayModel({ ...calm, alerts: [alertSample({ dismissed: true })] }).picture).toBe('critical');
  });

  it('is paused before anything else', () => {
    const model = deriveTrayModel({ ...calm, alerts: [alertSample()], paused: true });
    expect(model).toMatchObject({ picture: 'paused', tooltip: 'LogScope: Paused: nothing is being watched', paused: true });
  });

  it('keeps the tooltip within what Windows shows, also for long names', () => {
    const alerts = Array.from({ length: 12 }, (_, index) => alertSample({ key: `k${index}`, subject: 'x'.repeat(300) }));
    const { tooltip } = deriveTrayModel({ ...calm, alerts });
    expect(tooltip.length).toBeLessThanOrEqual(127);
    expect(tooltip).toMatch(/ \(\+11\)$/);
  });

  it('speaks Korean', () => {
    expect(deriveTrayModel({ ...calm, alerts: [alertSample()], language: 'ko' }).tooltip).toContain('postgres 종료됨');
  });
});
