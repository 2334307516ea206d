import { formatBytes } from '../../../src-shared/format';
import type { TrafficReport } from '../../../src-shared/traffic/report';

const listed = 15;

/** The report as Markdown. What comes from the log stands in code spans, so it cannot become markup. */
export function trafficMarkdown(report: TrafficReport, title: string): string {
  const parts = [
    `# Traffic: ${inline(title)}`,
    `Format: ${report.format.words}. ${moment(report.firstAtMs)} to ${moment(report.lastAtMs)}.`,
    table(
      ['requests', 'malformed', 'sent', 'mean', 'p50', 'p90', 'p99', 'success', 'errors'],
      [
        [
          String(report.requests),
          String(report.malformed),
          report.bytes === null ? '-' : formatBytes(report.bytes),
          ms(report.meanMs),
          ms(report.p50Ms),
          ms(report.p90Ms),
          ms(report.p99Ms),
          percent(report.successRatio),
          percent(report.errorRatio),
        ],
      ],
    ),
    section('Insights', report.insights.map(({ text, remedy }) => `- **${escaped(text)}** ${escaped(remedy)}`).join('\n')),
    section(
      'Status',
      table(
        ['status', 'requests'],
        Object.entries(report.byStatus).map(([code, count]) => [code, String(count)]),
      ),
    ),
    section(
      'Endpoints',
      table(
        ['endpoint', 'requests', 'mean', 'p50', 'p90', 'p99', 'errors'],
        report.endpoints
          .slice(0, listed)
          .map((one) => [
            inline(`${one.method} ${one.path}`),
            String(one.requests),
            ms(one.meanMs),
            ms(one.p50Ms),
            ms(one.p90Ms),
            ms(one.p99Ms),
            percent(one.errorRatio),
          ]),
      ) + more(report.endpoints.length, report.otherRequests),
    ),
    section(
      'Hours',
      table(
        ['hour', 'requests', 'mean', 'errors'],
        report.byHour.flatMap((hour, index) =>
          hour.requests === 0 ? [] : [[`${index}:00`, String(hour.requests), ms(hour.meanMs), String(hour.errors)]],
        ),
      ),
    ),
    section(
      'Slowest requests',
      table(
        ['time', 'request', 'status', 'took', 'client'],
        report.slowest
          .slice(0, listed)
          .map((one) => [moment(one.atMs), inline(`${one.method} ${one.path}`), String(one.status), ms(one.timeMs), inline(one.client)]),
      ),
    ),
    section(
      'Clients',
      table(
        ['client', 'requests', '4xx', '5xx'],
        report.clients
          .slice(0, listed)
          .map((one) => [inline(one.client), String(one.requests), String(one.clientErrors), String(one.serverErrors)]),
      ),
    ),
    section(
      'Bots and scanners',
      table(
        ['kind', 'name', 'requests', 'refused'],
        report.bots.slice(0, listed).map((one) => [one.kind, inline(one.name), String(one.requests), String(one.refused)]),
      ),
    ),
    section('Lines that could not be read', report.malformedExamples.map((line) => `- ${inline(line)}`).join('\n')),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function more(endpoints: number, otherRequests: number): string {
  const hidden = endpoints > listed ? `\n\n${endpoints - listed} more endpoints.` : '';
  return otherRequests > 0 ? `${hidden}\n\n${otherRequests} requests went to routes beyond those that are counted apart.` : hidden;
}

/** A code span that nothing inside can end, in a table too. */
function inline(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '?').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`;
}

/** Sentences of ours with names from the log in them. */
function escaped(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '?').replace(/[\\`*_[\]<>|#!~]/g, '\\$&');
}

function ms(value: number | null): string {
  return value === null ? '-' : `${value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ms`;
}

function percent(ratio: number | null): string {
  return ratio === null ? '-' : `${(ratio * 100).toFixed(2)} %`;
}

function moment(atMs: number | null): string {
  return atMs === null ? '-' : new Date(atMs).toISOString().replace('.000Z', 'Z');
}
