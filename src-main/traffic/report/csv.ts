import type { TrafficReport } from '../../../src-shared/traffic/report';

const head = 'method,path,requests,mean_ms,p50_ms,p90_ms,p99_ms,max_ms,error_ratio,client_errors,server_errors,bytes';

/** The endpoints as CSV (RFC 4180). Nothing from the log can be a formula of a spreadsheet. */
export function trafficCsv({ endpoints }: Pick<TrafficReport, 'endpoints'>): string {
  const rows = endpoints.map(
    ({ method, path, requests, meanMs, p50Ms, p90Ms, p99Ms, maxMs, errorRatio, clientErrors, serverErrors, bytes }) =>
      [text(method), text(path), requests, meanMs, p50Ms, p90Ms, p99Ms, maxMs, errorRatio, clientErrors, serverErrors, bytes]
        .map((cell) => cell ?? '')
        .join(','),
  );
  return `${[head, ...rows].join('\r\n')}\r\n`;
}

/** What begins like a formula gets an apostrophe before it (OWASP, CSV injection). */
function text(cell: string): string {
  const plain = cell.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '?');
  const defused = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n\t']/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
