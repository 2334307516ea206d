/** Insights on an access log: `reason.traffic-<kind>` says what was found, `traffic.remedy.<kind>` what to do. */
export const trafficEn = {
  'reason.traffic-slowest-endpoint-mean':
    '{{method}} {{path}} is the slowest endpoint: {{meanMs}} ms on average over {{requests}} requests (all: {{overallMs}} ms)',
  'traffic.remedy.slowest-endpoint-mean':
    'Profile this endpoint first: queries without an index, calls to other services one after the other, and large answers are the usual causes.',
  'reason.traffic-slowest-endpoint-p90':
    'One in ten requests to {{method}} {{path}} takes {{p90Ms}} ms or longer (half of them: {{p50Ms}} ms)',
  'traffic.remedy.slowest-endpoint-p90':
    'Look at its slowest requests: locks, cold caches and certain inputs make some slow where the average looks harmless.',
  'reason.traffic-client-errors':
    '{{method}} {{path}} gave {{errors}} answers of 400 to 499, {{percent}} % of its requests and {{sharePercent}} % of all such answers',
  'traffic.remedy.client-errors':
    'Check links and clients that call it: a renamed route, an expired sign-in or a validation that turns good requests away.',
  'reason.traffic-server-errors':
    '{{method}} {{path}} failed {{errors}} times (500 and above), {{percent}} % of its requests and {{sharePercent}} % of all failures',
  'traffic.remedy.server-errors':
    'Read the errors of the application for this endpoint at these times; for 502 to 504 check that the service behind the proxy runs and answers in time.',
  'reason.traffic-peak-hour': 'Busiest hour: {{hour}}:00 with {{requests}} requests, {{percent}} % of all',
  'traffic.remedy.peak-hour': 'Plan capacity for this hour, and do maintenance and batch work in another one.',
  'reason.traffic-slowest-hour': 'Slowest hour: {{hour}}:00 with {{meanMs}} ms on average (all hours: {{overallMs}} ms)',
  'traffic.remedy.slowest-hour': 'Compare with what else runs in this hour: backups, scheduled jobs, or the peak of traffic itself.',
  'reason.traffic-latency-jump':
    'From {{from}} on, for {{minutes}} minutes, answers took {{meanMs}} ms on average, {{factor}} times the usual {{usualMs}} ms',
  'traffic.remedy.latency-jump':
    'Look for what changed at that moment: a deployment, a full disk, a database or a service behind it that slowed down.',
  'reason.traffic-server-error-burst':
    'From {{from}} on, for {{minutes}} minutes, {{errors}} requests failed (500 and above), {{percent}} % of those minutes',
  'traffic.remedy.server-error-burst': 'Read the log of the application at that time, and check restarts and deployments shortly before.',
  'reason.traffic-dominating-client': '{{client}} alone made {{requests}} requests, {{percent}} % of all',
  'traffic.remedy.dominating-client': 'A proxy or monitor of your own? Then write the real address to the log. Otherwise limit its rate.',
  'reason.traffic-scanner': '{{client}} looks like a scanner: {{notFound}} of {{requests}} requests asked for what is not there',
  'traffic.remedy.scanner': 'Block or limit the address, and check that none of its requests succeeded where it should not have.',
  'reason.traffic-brute-force': '{{client}} was refused {{denied}} times of {{requests}} (401 and 403): somebody may be guessing passwords',
  'traffic.remedy.brute-force': 'Limit attempts to sign in, block the address, and check whether a sign-in from it succeeded.',
  'reason.traffic-folded-noise': '{{requests}} requests for favicon, robots.txt and the like found nothing; they are left out above',
  'traffic.remedy.folded-noise': 'Harmless: browsers and crawlers ask by themselves. Small files in their place end it.',
} as const;
