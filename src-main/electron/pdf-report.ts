import { writeFile } from 'node:fs/promises';
import { type ErrorCode, type Reply, requests, type TrafficExport, type TrafficPdf } from '../../src-shared/contract';
import type { Core } from '../app/core';

export interface PdfReportDeps {
  readonly core: Pick<Core, 'handle'>;
  readonly print: (html: string) => Promise<Uint8Array>;
  /** Where to save it, asked of the person; null: nowhere. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>;
  readonly log: (line: string) => void;
}

/**
 * A core that also answers `traffic.pdf`: its HTML report, printed here and saved where the person says. One at a time. Never rejects.
 */
export function withPdfReports({ core, print, askWhere, log }: PdfReportDeps): Pick<Core, 'handle'> {
  let busy = false;

  async function answer(input: unknown): Promise<Reply<TrafficPdf>> {
    const checked = requests['traffic.pdf'].input.safeParse(input);
    if (!checked.success) return refuse('bad-input', `"traffic.pdf": ${checked.error.issues[0]?.message ?? 'not understood'}`);
    const exported = await core.handle('traffic.export', { ...checked.data, format: 'html' }, { actionsAllowed: true });
    if (!exported.ok) return exported;
    const { fileName, text } = exported.value as TrafficExport;
    const path = await askWhere(fileName.replace(/\.html$/, '.pdf'));
    if (path === null) return { ok: true, value: { saved: false, path: null } };
    const pdf = await print(text);
    try {
      await writeFile(path, pdf, { mode: 0o600 });
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      return refuse('refused', `The report could not be saved: ${error.message}`);
    }
    return { ok: true, value: { saved: true, path } };
  }

  return {
    async handle(name, input, caller) {
      if (name !== 'traffic.pdf') return core.handle(name, input, caller);
      if (busy) return refuse('refused', 'A report is being saved already.');
      busy = true;
      try {
        return await answer(input);
      } catch (error) {
        log(`the report could not be printed: ${String(error)}`);
        return refuse('unexpected', 'The report could not be printed; the terminal of LogScope has the details.');
      } finally {
        busy = false;
      }
    },
  };
}

function refuse(code: ErrorCode, message: string): Reply<never> {
  return { ok: false, error: { code, message } };
}
