import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface AppRoot {
  readonly directory: string;
  readonly version: string;
}

/** The folder of LogScope's package.json, found upwards: this code runs from out/main, a chunk of it, or the sources. */
export function readAppRoot(from: string): AppRoot {
  for (let directory = from; ; directory = dirname(directory)) {
    const file = join(directory, 'package.json');
    if (existsSync(file)) {
      const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (isLogScopePackage(parsed)) return { directory, version: parsed.version };
    }
    if (dirname(directory) === directory) throw new Error(`no package.json of LogScope above ${from}`);
  }
}

function isLogScopePackage(value: unknown): value is { readonly name: string; readonly version: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    value.name === 'logscope' &&
    'version' in value &&
    typeof value.version === 'string'
  );
}
