import type { processAlarmsEn } from '../en/process-alarms';

/** Alarms on single processes. */
export const processAlarmsKo: Readonly<Record<keyof typeof processAlarmsEn, string>> = {
  'reason.process-cpu': '{{seconds}}초 동안 코어의 {{percent}} 이상 사용',
  'reason.process-memory': '{{seconds}}초 동안 메모리 {{bytes}}({{percent}}) 사용',
  'reason.process-leak': '메모리가 {{hours}}시간 동안 꾸준히 시간당 {{bytes}}씩 증가, 현재 {{held}}',
  'reason.process-restarts': '{{parent}}이(가) {{minutes}}분 사이에 {{count}}번 다시 시작함',
  'reason.process-first-listener': '포트 {{port}} 수신 시작 · 이 컴퓨터에서 수신한 적 없는 프로그램',
  'reason.process-open-listener': '포트 {{port}}을(를) 처음으로 외부에 개방',
  'reason.port-in-use': '{{source}} 시작 실패: 포트 {{port}} 사용 중',
};
