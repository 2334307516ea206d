import type { TrafficExport, TrafficFilter, TrafficPrompt, TrafficPromptKind } from '../../../src-shared/contract';
import type { TrafficReport, TrafficRequest } from '../../../src-shared/traffic/report';
import type { TrafficAggregate } from '../aggregate/traffic-aggregate';
import type { ClientAliases } from './client-aliases';
import { trafficCsv } from './csv';
import { trafficHtml } from './html';
import { trafficMarkdown } from './markdown';
import { type PromptExcerpt, type PromptParts, writePrompt } from './prompts';
import { wantsAll } from './row-filter';
import { excerptOf } from './traffic-report';
import type { ToldTraffic } from './window-report';

/** An opened log, for the texts that are written of it. */
export interface TextSource {
  readonly title: string;
  readonly aggregate: TrafficAggregate;
  readonly filter: TrafficFilter;
  readonly told: ToldTraffic;
  readonly hash: (secret: string) => string;
  readonly aliases: ClientAliases;
  readonly nowMs: number;
}

type ExportFormat = 'markdown' | 'html' | 'json' | 'csv';

const kinds: Readonly<Record<ExportFormat, readonly [ending: string, mediaType: TrafficExport['mediaType']]>> = {
  markdown: ['md', 'text/markdown'],
  html: ['html', 'text/html'],
  json: ['json', 'application/json'],
  csv: ['csv', 'text/csv'],
};

/** The report as a file. */
export function exportTraffic(source: TextSource, format: ExportFormat): TrafficExport {
  const [ending, mediaType] = kinds[format];
  const stamp = new Date(source.nowMs).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  const name = source.title.replace(/[^\w.-]+/g, '-').slice(0, 60);
  return { fileName: `traffic-${name}-${stamp}.${ending}`, mediaType, text: textOf(source, format) };
}

function textOf(source: TextSource, format: ExportFormat): string {
  const { figures, insights } = source.told;
  if (format === 'csv') return trafficCsv(figures);
  const scope = scopeOf(source);
  const title = scope === null ? source.title : `${source.title} (${scope})`;
  const none = { summary: '', anomalies: '', dashboard: '' };
  const report: TrafficReport = { ...figures, insights, prompts: none };
  if (format === 'html') return trafficHtml(report, title);
  if (format === 'markdown') return trafficMarkdown(report, title);
  const parts = partsOf(source);
  const prompt = (kind: TrafficPromptKind) => writePrompt(kind, parts).text;
  const prompts = { summary: prompt('summary'), anomalies: prompt('anomalies'), dashboard: prompt('dashboard') };
  return `${JSON.stringify({ ...report, prompts }, null, 2)}\n`;
}

/** The prompt, with its size and how much of it is masked. */
export function promptTraffic(source: TextSource, kind: TrafficPromptKind): Omit<TrafficPrompt, 'id'> {
  const { text, maskedCount } = writePrompt(kind, partsOf(source));
  return { text, maskedCount, sizeBytes: Buffer.byteLength(text) };
}

function partsOf(source: TextSource): PromptParts {
  const { told, aggregate, filter, hash, aliases } = source;
  // Lines are kept of the whole log only; of a part there are its requests.
  const excerpt = wantsAll(filter) ? excerptOf(aggregate) : requestLines(told.figures.recent);
  return { figures: told.figures, insights: told.insights, excerpt, scope: scopeOf(source), hash, aliases };
}

function requestLines(recent: readonly TrafficRequest[]): PromptExcerpt {
  const oldestFirst = recent.toReversed();
  return { errors: oldestFirst.filter(({ status }) => status >= 500).map(lineOf), recent: oldestFirst.map(lineOf), malformed: [] };
}

function lineOf({ atMs, method, path, status, timeMs, bytes, client }: TrafficRequest): string {
  const at = atMs === null ? '-' : new Date(atMs).toISOString();
  return `${at} ${client} ${method} ${path} ${status} ${bytes ?? '-'} bytes ${timeMs ?? '-'} ms`;
}

/** What the figures are narrowed to; null: nothing. */
function scopeOf({ filter, told }: TextSource): string | null {
  const { fromMs, toMs, endpoint, status, client } = filter;
  const moment = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
  const parts = [
    fromMs === null ? null : `from ${moment(fromMs)}`,
    toMs === null ? null : `before ${moment(toMs)}`,
    endpoint === null ? null : `${endpoint.method} ${endpoint.path}`,
    status === null ? null : `status ${status}`,
    client === null ? null : `client ${client}`,
    told.reach === null ? null : `of the newest ${told.reach.requests} requests`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
