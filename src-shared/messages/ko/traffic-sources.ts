import type { trafficSourcesEn } from '../en/traffic-sources';

export const trafficSourcesKo: Record<keyof typeof trafficSourcesEn, string> = {
  'traffic.source.denied': '읽을 권한이 없으며, 읽을 수 있는 그룹도 없음.',
  'traffic.source.denied-group':
    '읽을 권한이 없음. {{group}} 그룹은 읽을 수 있음: 사용자를 그룹에 추가(usermod -aG {{group}} <사용자>)한 뒤 다시 로그인.',
  'traffic.source.cut': '{{count}}줄은 64 KiB보다 길어 잘림.',
  'traffic.source.retrying': '컨테이너 로그가 끊겨 다시 여는 중: {{detail}}',
  'traffic.source.unreadable': '컨테이너 로그를 읽을 수 없음: {{detail}}',
  'traffic.source.frames-lost': '엔진이 로그가 아닌 것을 {{count}}번 보냄. 마지막 줄부터 다시 읽음.',
  'traffic.source.demo-problem': '새 예시 로그를 쓰지 못함: {{detail}}',
  'notice.traffic-report-incomplete': '{{log}} 보고서에 빠진 것이 있음: {{detail}}',
  'notice.traffic-report': '{{log}} 보고서를 쓰지 못함: {{detail}}',
};
