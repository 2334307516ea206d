import type { TrafficPreview } from '../../src-shared/contract';
import { createTextMask } from '../../src-shared/redact/mask-values';
import { say } from '../../src-shared/sentence';
import type { TrafficRequest } from '../../src-shared/traffic/report';
import { requestOf } from '../traffic/aggregate/request-of';
import { chooseFormat } from '../traffic/formats/detect-format';
import { LineFields, type LineParser } from '../traffic/parse/line-fields';

const shownLines = 20;
const longestText = 500;

/** Lines of a container as a format reads them. `name`: for the sentence where none does. Throws FormatStringProblem. */
export function previewOfLines(lines: readonly string[], format: string, name: string, hash: (secret: string) => string): TrafficPreview {
  const told = lines.filter((line) => line !== '');
  const known = chooseFormat(format, told);
  const mask = createTextMask({ hash });
  const parser = known?.createParser() ?? null;
  return {
    format: known?.detected ?? null,
    problem: known === null ? say('traffic.problem.no-format', { file: name }) : null,
    files: [],
    lines: told.slice(-shownLines).map((line) => {
      const request = parser === null ? null : readLine(parser, line);
      return { text: mask(line).slice(0, longestText), request: request === null ? null : { ...request, path: mask(request.path) } };
    }),
  };
}

function readLine(parser: LineParser, line: string): TrafficRequest | null {
  const bytes = Buffer.from(`${line}\n`);
  const fields = new LineFields();
  fields.bytes = bytes;
  fields.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return parser.parse(fields, 0, bytes.length - 1) ? requestOf(fields) : null;
}
