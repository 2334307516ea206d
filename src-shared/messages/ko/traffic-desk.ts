import type { trafficDeskEn } from '../en/traffic-desk';

export const trafficDeskKo: Readonly<Record<keyof typeof trafficDeskEn, string>> = {
  'traffic.problem.no-format': '{{file}}: 자동으로 알 수 있는 액세스 로그가 아님. 형식 이름을 고르거나 log_format을 붙여 넣을 것.',
  'traffic.problem.absent': '{{file}}: 파일이 없음.',
  'traffic.problem.denied': '{{file}}: 읽기 권한이 없음. {{group}} 그룹은 읽을 수 있음: 사용자를 그룹에 넣고 다시 로그인할 것.',
  'traffic.problem.denied-all': '{{file}}: 읽기 권한이 없음. 소유자로 LogScope를 실행하거나 그룹에 읽기를 허용할 것.',
  'traffic.problem.refused': '{{file}}: 읽을 수 없음: {{reason}}',
  'traffic.problem.exhausted': '{{file}}: 열 수 없음. 이 프로세스가 연 파일이 너무 많음.',
  'traffic.problem.damaged': '{{file}}: 손상되었거나 중간에 끝남. 그 앞까지는 집계됨.',
  'traffic.problem.packed': '{{file}}: gzip이 아닌 방식으로 압축되어 제외됨. 로그 옆에 압축을 풀 것.',
  'traffic.problem.bomb': '{{file}}: 압축을 풀면 크기의 {{ratio}}배를 넘어 더 읽지 않음.',
  'traffic.problem.too-many-files': '일치하는 파일 {{count}}개가 더 있으나 제외됨.',
  'traffic.problem.gap': '빠진 줄이 있을 수 있음: 읽는 동안 로그가 {{count}}번 잘리거나 바뀜.',
  'traffic.problem.too-fast': '{{bytes}}바이트가 읽는 속도보다 빨리 와서 집계되지 않음.',
  'traffic.problem.unexpected': '{{file}}: 읽지 못함: {{reason}}',
};
