import type { TrafficReport } from '../../../src-shared/traffic/report';
import { trafficMarkdown } from './markdown';

const style =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}' +
  'table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #cfd6e0;padding:.25rem .6rem;text-align:left}' +
  'th{background:#e8effb}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}' +
  '@media(prefers-color-scheme:dark){body{color:#dfe6f0;background:#12161c}td,th{border-color:#38424f}th{background:#1d2a40}}';

/** The same report as one HTML file: no script, nothing loaded from anywhere, every text from the log escaped. */
export function trafficHtml(report: TrafficReport, title: string): string {
  const body = trafficMarkdown(report, title).split('\n\n').map(block).join('\n');
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">${policy}<title>Traffic: ${escapeHtml(title)}</title><style>${style}</style></head><body>\n${body}\n</body></html>\n`;
}

/** Blocks of our own Markdown only: headings, tables, lists and paragraphs. */
function block(text: string): string {
  const heading = /^(#{1,2}) (.*)$/.exec(text);
  if (heading !== null) return `<h${heading[1]?.length}>${spans(heading[2] ?? '')}</h${heading[1]?.length}>`;
  if (text.startsWith('| ')) {
    const [head = '', , ...rows] = text.trimEnd().split('\n');
    const row = (line: string, cell: string) =>
      `<tr>${cells(line)
        .map((one) => `<${cell}>${spans(one)}</${cell}>`)
        .join('')}</tr>`;
    return `<table>${row(head, 'th')}${rows.map((line) => row(line, 'td')).join('')}</table>`;
  }
  if (text.startsWith('- '))
    return `<ul>${text
      .trimEnd()
      .split('\n')
      .map((line) => `<li>${spans(line.slice(2))}</li>`)
      .join('')}</ul>`;
  return `<p>${spans(text.trimEnd())}</p>`;
}

function cells(line: string): readonly string[] {
  return line.slice(2, -2).split(/(?<!\\) \| /);
}

/** Code spans as `code`, bold as `strong`; escapes of Markdown are taken off. */
function spans(text: string): string {
  return text
    .split(/(`+)( ?)(.*?)\2\1(?!`)/)
    .map((part, index) =>
      index % 4 === 3 ? `<code>${escapeHtml(part.replaceAll('\\|', '|'))}</code>` : index % 4 === 0 ? words(part) : '',
    )
    .join('');
}

function words(text: string): string {
  return escapeHtml(text)
    .replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, '<strong>$1</strong>')
    .replace(/\\(?=(?:[\\`*_[\]|#!~]|&[lg]t;))/g, '');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
