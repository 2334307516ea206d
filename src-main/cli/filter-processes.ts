import { matchesTerms, type ProcessTexts } from '../../src-shared/process-filter/match';
import { type FilterProblem, parseProcessFilter } from '../../src-shared/process-filter/parse';
import type { Process } from '../../src-shared/snapshots';
import { CliError } from './deps';
import { exitUsage } from './exit-codes';
import { englishRole } from './process-report';

/** The words of the window's filter; names of containers and pods are not at hand here, only their ids. */
const texts: ProcessTexts = {
  role: ({ role }) => englishRole(role),
  container: ({ container }) => container ?? '',
  pod: ({ pod }) => pod ?? '',
  reasons: ({ risk }) => risk.reasons.map(({ text }) => text).join('; '),
};

/** Whether a process meets all of the words. Throws CliError for words that say nothing: a script must not get more than it asked for. */
export function filterProcesses(words: string): (process: Process) => boolean {
  const { terms, problems } = parseProcessFilter(words);
  const [problem] = problems;
  if (problem !== undefined) throw new CliError(`error: --filter: ${describe(problem)}`, exitUsage);
  return (process) => matchesTerms(process, terms, texts);
}

function describe(problem: FilterProblem): string {
  switch (problem.kind) {
    case 'unknown-word':
      return `there is no word "${problem.word}"${problem.near === null ? '' : ` (did you mean ${problem.near}?)`}.`;
    case 'no-value':
      return `${problem.word} lacks a value.`;
    case 'not-a-number':
      return `${problem.word}:${problem.value} is not a number.`;
    case 'needs-comparison':
      return `${problem.word} takes >, >=, < or <=.`;
  }
}
