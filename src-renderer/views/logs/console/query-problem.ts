import type { LogQueryProblem } from '../../../../src-shared/logs/log-query';
import type { Words } from '../../../words/use-words';

/** What is wrong with a search, in words. */
export function queryProblem({ t }: Words, { problem, value }: LogQueryProblem): string {
  return t(`logQuery.${problem}`, { value });
}
