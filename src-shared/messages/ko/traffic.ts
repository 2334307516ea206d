import type { trafficEn } from '../en/traffic';

export const trafficKo: Readonly<Record<keyof typeof trafficEn, string>> = {
  'reason.traffic-slowest-endpoint-mean':
    '가장 느린 엔드포인트: {{method}} {{path}}, 요청 {{requests}}건 평균 {{meanMs}} ms (전체 {{overallMs}} ms)',
  'traffic.remedy.slowest-endpoint-mean': '이 엔드포인트부터 프로파일링. 흔한 원인은 인덱스 없는 쿼리, 차례로 이어지는 외부 호출, 큰 응답.',
  'reason.traffic-slowest-endpoint-p90': '{{method}} {{path}} 요청 열 건 중 한 건이 {{p90Ms}} ms 이상 걸림 (절반은 {{p50Ms}} ms 이하)',
  'traffic.remedy.slowest-endpoint-p90': '가장 느린 요청 확인. 평균이 멀쩡해도 잠금, 식은 캐시, 특정 입력이 일부를 느리게 함.',
  'reason.traffic-client-errors':
    '{{method}} {{path}} 4xx 응답 {{errors}}건: 이 엔드포인트 요청의 {{percent}} %, 전체 4xx의 {{sharePercent}} %',
  'traffic.remedy.client-errors': '호출하는 링크와 클라이언트 확인. 바뀐 경로, 만료된 로그인, 정상 요청을 막는 검증이 흔한 원인.',
  'reason.traffic-server-errors':
    '{{method}} {{path}} 실패(5xx) {{errors}}건: 이 엔드포인트 요청의 {{percent}} %, 전체 실패의 {{sharePercent}} %',
  'traffic.remedy.server-errors': '같은 시각 애플리케이션 오류 확인. 502~504이면 프록시 뒤 서비스가 실행 중이고 제때 응답하는지 확인.',
  'reason.traffic-peak-hour': '가장 붐비는 시간: {{hour}}시, 요청 {{requests}}건 (전체의 {{percent}} %)',
  'traffic.remedy.peak-hour': '이 시간에 맞춰 용량을 정하고, 점검과 배치 작업은 다른 시간으로.',
  'reason.traffic-slowest-hour': '가장 느린 시간: {{hour}}시, 평균 {{meanMs}} ms (전체 {{overallMs}} ms)',
  'traffic.remedy.slowest-hour': '이 시간에 함께 도는 것 확인: 백업, 예약 작업, 또는 트래픽 정점 자체.',
  'reason.traffic-latency-jump': '{{from}}부터 {{minutes}}분 동안 평균 응답 {{meanMs}} ms, 평소 {{usualMs}} ms의 {{factor}}배',
  'traffic.remedy.latency-jump': '그 시각에 바뀐 것 확인: 배포, 가득 찬 디스크, 느려진 데이터베이스나 뒤쪽 서비스.',
  'reason.traffic-server-error-burst': '{{from}}부터 {{minutes}}분 동안 실패(5xx) {{errors}}건, 그 시간 요청의 {{percent}} %',
  'traffic.remedy.server-error-burst': '그 시각의 애플리케이션 로그와 직전의 재시작, 배포 확인.',
  'reason.traffic-dominating-client': '{{client}} 혼자 요청 {{requests}}건, 전체의 {{percent}} %',
  'traffic.remedy.dominating-client': '자체 프록시나 모니터라면 실제 주소를 로그에 남기고, 아니면 속도 제한.',
  'reason.traffic-scanner': '{{client}} 스캐너로 보임: 요청 {{requests}}건 중 {{notFound}}건이 없는 경로',
  'traffic.remedy.scanner': '주소를 차단하거나 제한하고, 성공하면 안 되는 요청이 성공했는지 확인.',
  'reason.traffic-brute-force': '{{client}} 요청 {{requests}}건 중 {{denied}}건 거부(401, 403): 비밀번호 대입 시도일 수 있음',
  'traffic.remedy.brute-force': '로그인 시도를 제한하고 주소를 차단. 그 주소에서 성공한 로그인이 있는지 확인.',
  'reason.traffic-folded-noise': 'favicon, robots.txt 등 없는 파일 요청 {{requests}}건은 위에서 제외',
  'traffic.remedy.folded-noise': '무해함: 브라우저와 크롤러가 스스로 요청. 작은 파일을 두면 사라짐.',
};
