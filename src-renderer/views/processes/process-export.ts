import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import { maskStrings } from '../../../src-shared/redact/mask-values';
import type { Process } from '../../../src-shared/snapshots';
import { printable } from '../../words/highlight';
import { maskText } from '../../words/mask-text';
import { type ProcessColumn, portsText, whereText } from './process-columns';

type Value = string | number | null;

/**
 * What a program gets of each column: plain units, nothing rounded, null for unknown. The names carry the unit; score, threat,
 * exposure and health are 0-100, CPU is in cores.
 */
const columnValues: Readonly<Record<ProcessColumn, (process: Process, texts: ProcessTexts) => Readonly<Record<string, Value>>>> = {
  score: ({ risk }) => ({ score: risk.score, riskLevel: risk.riskLevel }),
  name: ({ name }) => ({ name }),
  role: (process, texts) => ({ role: texts.role(process) || null }),
  badges: ({ risk: { axes } }) => ({ threat: axes.threat, exposure: axes.exposure, health: axes.health }),
  pid: ({ pid }) => ({ pid }),
  user: ({ user }) => ({ user }),
  cpu: ({ cpuCores }) => ({ cpuCores }),
  memory: ({ rssBytes }) => ({ rssBytes }),
  ports: ({ listening }) => ({ ports: portsText(listening) || null }),
  where: (process, texts) => ({ belongsTo: whereText(process, texts) || null }),
  project: ({ project }) => ({ project }),
  terminal: ({ terminal }) => ({ terminal }),
  started: ({ startedAtMs }) => ({ startedAt: startedAtMs === null ? null : new Date(startedAtMs).toISOString() }),
  threads: ({ threadCount }) => ({ threadCount }),
  reasons: (process, texts) => ({ reasons: texts.reasons(process) || null }),
  command: ({ command }) => ({ command }),
};

/** A process as one flat record of the shown columns, without the secrets of its command line: a record is made to be handed on. */
export function processRecord(process: Process, columns: readonly ProcessColumn[], texts: ProcessTexts): Readonly<Record<string, Value>> {
  const record = Object.assign({}, ...columns.map((column) => columnValues[column](process, texts))) as Record<string, Value>;
  return maskStrings(record, (text) => maskText(text));
}

/** Records as JSON, one object a process. */
export function processesAsJson(processes: readonly Process[], columns: readonly ProcessColumn[], texts: ProcessTexts): string {
  return `${JSON.stringify(
    processes.map((process) => processRecord(process, columns, texts)),
    null,
    2,
  )}\n`;
}

/** Comma separated with a heading (RFC 4180), with a mark that tells spreadsheets it is UTF-8. */
export function processesAsCsv(processes: readonly Process[], columns: readonly ProcessColumn[], texts: ProcessTexts): string {
  const records = processes.map((process) => processRecord(process, columns, texts));
  const heading = Object.keys(records[0] ?? {});
  const lines = [heading, ...records.map((record) => heading.map((key) => record[key] ?? null))].map((line) =>
    line.map(csvField).join(','),
  );
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** One row for a paste into a spreadsheet or a message: tab separated, as the table shows it. */
export function processAsTabs(process: Process, columns: readonly ProcessColumn[], texts: ProcessTexts): string {
  return Object.values(processRecord(process, columns, texts))
    .map((value) => (value === null ? '' : printable(guarded(value))))
    .join('\t');
}

function csvField(value: Value): string {
  if (value === null) return '';
  const text = guarded(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A name of a process may be a formula to a spreadsheet (`=cmd|…`): an apostrophe makes it text. */
function guarded(value: string | number): string {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
}
