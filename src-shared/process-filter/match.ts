import { formatSocket } from '../format';
import type { Process } from '../snapshots';
import type { FilterTerm, NumberWord, TextWord } from './parse';

/** What a row says beside the facts of its process; every text may be empty. */
export interface ProcessTexts {
  /** What it is, in the person's language. */
  role(process: Process): string;
  /** Name of its container, and of its pod. */
  container(process: Process): string;
  pod(process: Process): string;
  /** Why it stands out, in the person's language. */
  reasons(process: Process): string;
}

/** Whether a process meets every condition of a filter. */
export function matchesTerms(process: Process, terms: readonly FilterTerm[], texts: ProcessTexts): boolean {
  return terms.every((term) => meets(process, term, texts) !== term.exclude);
}

function meets(process: Process, term: FilterTerm, texts: ProcessTexts): boolean {
  switch (term.kind) {
    case 'anywhere':
      return isAnywhere(process, term.needle, texts);
    case 'text':
      return hasText(process, term.word, term.needle, texts);
    case 'state':
      return term.letters.includes(process.state.toLowerCase());
    case 'level':
      return process.risk.riskLevel === term.level;
    case 'compared':
      return figures(process, term.word).some((figure) => {
        if (term.comparison === '>') return figure > term.value;
        if (term.comparison === '>=') return figure >= term.value;
        return term.comparison === '<' ? figure < term.value : figure <= term.value;
      });
    case 'between':
      return figures(process, term.word).some((figure) => figure >= term.from && figure <= term.to);
  }
}

/** Empty: unknown, which meets no condition. */
function figures(process: Process, word: NumberWord): readonly number[] {
  switch (word) {
    case 'risk':
      return [process.risk.score];
    case 'cpu':
      return process.cpuCores === null ? [] : [process.cpuCores * 100];
    case 'mem':
      return [process.rssBytes];
    case 'port':
      return process.listening.map(({ port }) => port);
    case 'pid':
      return [process.pid];
  }
}

function hasText(process: Process, word: TextWord, needle: string, texts: ProcessTexts): boolean {
  const has = (text: string | null) => text?.toLowerCase().includes(needle) ?? false;
  switch (word) {
    // Names that are also the beginning of others: root is not rootless.
    case 'user':
      return process.user?.toLowerCase() === needle || String(process.uid) === needle;
    case 'class':
      return process.killClass.toLowerCase() === needle;
    case 'unit':
      return has(process.unit);
    case 'container':
      return has(process.container) || has(texts.container(process));
    case 'pod':
      return has(process.pod) || has(texts.pod(process));
    case 'project':
      return has(process.project);
    case 'name':
      return has(process.name);
    case 'role':
      return has(process.role.category) || has(process.role.entry) || has(texts.role(process));
    case 'path':
      return has(process.exe);
    case 'terminal':
      return has(process.terminal);
  }
}

function isAnywhere(process: Process, needle: string, texts: ProcessTexts): boolean {
  const has = (text: string | null) => text?.toLowerCase().includes(needle) ?? false;
  return (
    has(process.name) ||
    has(String(process.pid)) ||
    has(process.user) ||
    has(process.exe) ||
    has(process.command) ||
    has(process.unit) ||
    has(process.project) ||
    has(process.terminal) ||
    process.listening.some((socket) => has(formatSocket(socket.address, socket.port))) ||
    has(texts.container(process)) ||
    has(texts.pod(process)) ||
    has(texts.reasons(process)) ||
    has(texts.role(process))
  );
}
