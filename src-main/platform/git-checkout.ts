import { findGitRoot, gitFolderOf, readBranch } from './git-project';
import { readOrdinaryTailSync } from './ordinary-file';

/** When the files of a work tree last became others, by git. */
export interface GitCheckout {
  readonly atMs: number;
  /** Branch, tag or commit that was checked out, or that was moved; hostile text. */
  readonly name: string;
}

const tailBytes = 8_192;

/** Of the work tree that the folder is in. Null: it is in none, or git keeps no log of it. Never runs git. */
export function readLastCheckout(folder: string): GitCheckout | null {
  const root = findGitRoot(folder);
  const git = root === null ? null : gitFolderOf(root);
  if (root === null || git === null) return null;
  const text = readOrdinaryTailSync(`${git}/logs/HEAD`, tailBytes);
  return text === null ? null : parseLastCheckout(text, readBranch(root));
}

/**
 * Newest line of a log of HEAD that tells of other files: `<old> <new> <name> <mail> <seconds> <zone>\t<message>`. A commit writes down what
 * stands in the work tree and changes nothing there.
 */
export function parseLastCheckout(text: string, branch: string | null): GitCheckout | null {
  for (const line of text.split('\n').reverse()) {
    const [, seconds, message = ''] = /> (\d{1,12}) [+-]\d{4}\t(.*)$/.exec(line) ?? [];
    if (seconds === undefined) continue;
    const target = /^checkout: moving from .* to (\S+)$/.exec(message)?.[1];
    const name = target ?? (/^(?:pull|merge|reset|rebase|clone)\b/.test(message) ? (branch ?? 'HEAD') : null);
    if (name !== null) return { atMs: Number(seconds) * 1000, name };
  }
  return null;
}
