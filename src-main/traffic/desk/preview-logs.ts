import type { TrafficPreview } from '../../../src-shared/contract';
import { LineRedactor } from '../../../src-shared/redact/redactor';
import { say } from '../../../src-shared/sentence';
import { isGzip, unpacked } from '../../platform/gunzip';
import { type LogFile, openLogFile } from '../../platform/log-file';
import { requestOf } from '../aggregate/request-of';
import { readPart } from '../follow/file-generation';
import { absenceSentence, findLogs } from '../follow/find-logs';
import { detectionBytes, firstLines } from '../follow/log-reader';
import { chooseFormat } from '../formats/detect-format';
import { LineFields, type LineParser } from '../parse/line-fields';

const shownLines = 20;
const longestText = 400;

/** The first lines of the newest log, as a format reads them. */
export async function previewLogs(
  patterns: readonly string[],
  format: string,
  etc: string,
  hash: (secret: string) => string,
): Promise<TrafficPreview> {
  const { logs, problems } = findLogs(patterns, etc);
  const files = logs.map(({ path, stat }) => ({ path, sizeBytes: stat.sizeBytes }));
  const newest = logs.findLast(({ stat }) => stat.sizeBytes > 0) ?? logs.at(-1);
  if (newest === undefined) return { format: null, problem: problems[0] ?? null, files, lines: [] };
  const opened = openLogFile(newest.path);
  if (opened.kind !== 'opened') return { format: null, problem: absenceSentence(newest.path, opened, etc), files, lines: [] };
  const head = await readFirst(opened.file);
  const lines = firstLines(head);
  const known = chooseFormat(format, lines);
  const parser = known?.createParser() ?? { parse: () => false };
  const redactor = new LineRedactor({ hash });
  const mask = (text: string) => redactor.redact(text.slice(0, longestText), text.length > longestText).text;
  const shown = lines.slice(0, shownLines).map((text) => {
    const request = parsed(parser, text);
    return { text: mask(text), request: request === null ? null : { ...request, path: mask(request.path) } };
  });
  const unknown = known === null && lines.length > 0 ? say('traffic.problem.no-format', { file: newest.path }) : null;
  return { format: known?.detected ?? null, problem: unknown ?? problems[0] ?? null, files, lines: shown };
}

/** As much as the format is told by, unpacked. */
async function readFirst(file: LogFile): Promise<Buffer> {
  try {
    const head = readPart(file, 0, detectionBytes);
    if (!isGzip(head)) return head;
    async function* chunks(): AsyncGenerator<Buffer> {
      yield head;
    }
    const found: Buffer[] = [];
    let size = 0;
    try {
      for await (const piece of unpacked(chunks())) {
        found.push(piece);
        size += piece.length;
        if (size >= detectionBytes) break;
      }
    } catch {
      // Only its first part was handed over: that it ends early says nothing.
    }
    return Buffer.concat(found).subarray(0, detectionBytes);
  } finally {
    file.close();
  }
}

function parsed(parser: LineParser, text: string) {
  const bytes = Buffer.from(text);
  const fields = new LineFields();
  fields.bytes = bytes;
  fields.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  fields.lineEnd = bytes.length;
  return parser.parse(fields, 0, bytes.length) ? requestOf(fields) : null;
}
