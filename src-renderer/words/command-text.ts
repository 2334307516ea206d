import { printable } from './highlight';

/** A command as one would type it: an argument that is not plain stands in quotes, so that nothing hides in a space. */
export function commandText(command: readonly string[]): string {
  return command.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${printable(part).replaceAll("'", "'\\''")}'`)).join(' ');
}
