import { expect, test, vi } from 'vitest';
import { sampleInsights } from '../../../../src-renderer/client/sample-traffic-insights';
import { insightLevel, insightWay, insightWords } from '../../../../src-renderer/views/traffic/figures/insight-words';
import { createWords } from '../../../../src-renderer/words/use-words';
import type { TrafficInsight } from '../../../../src-shared/traffic/report';

const incidentAtMs = Date.parse('2026-11-21T11:40:00Z');
const insights = sampleInsights(1_000, false, incidentAtMs);
const of = (kind: TrafficInsight['kind']) => insights.find((one) => one.kind === kind) as TrafficInsight;

test('in the language of the person, with all figures filled in and the clock of the machine', () => {
  for (const language of ['en', 'ko'] as const) {
    for (const insight of insights) {
      const { text, remedy } = insightWords(createWords(language), insight);
      expect(`${text} ${remedy}`).not.toMatch(/\{\{|UTC/);
    }
  }
  expect(insightWords(createWords('ko'), of('brute-force')).text).toBe(
    '198.51.100.7 요청 1,204건 중 1,120건 거부(401, 403): 비밀번호 대입 시도일 수 있음',
  );
});

test('leads to what it is about', () => {
  const narrow = { status: vi.fn(), client: vi.fn(), endpoint: vi.fn(), time: vi.fn() };
  insightWay(of('server-errors'), narrow)?.();
  insightWay(of('scanner'), narrow)?.();
  insightWay(of('server-error-burst'), narrow)?.();
  expect(narrow.endpoint).toHaveBeenCalledWith('POST', '/api/orders');
  expect(narrow.client).toHaveBeenCalledWith('192.0.2.91');
  expect(narrow.time).toHaveBeenCalledWith(incidentAtMs, incidentAtMs + 18 * 60_000);
  expect(insightWay(of('peak-hour'), narrow)).toBeNull();
});

test('the slowest endpoint is there in every log: only one far from the rest is a warning', () => {
  const slow = of('slowest-endpoint-mean');
  expect(insightLevel(slow)).toBe('warning');
  expect(insightLevel({ ...slow, evidence: { ...slow.evidence, meanMs: 90 } })).toBe('ok');
});

test('a path from the log is text, whatever is in it', () => {
  const hostile = {
    ...of('server-errors'),
    evidence: { method: 'GET', path: '/{{path}}\u202e<b>', errors: 1, percent: 1, sharePercent: 1 },
  };
  expect(insightWords(createWords('en'), hostile).text).toContain('GET /{{path}}\ufffd<b> failed 1 times');
});
