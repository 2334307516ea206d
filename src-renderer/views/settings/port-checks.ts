import type { Settings } from '../../../src-shared/settings';

type PortChecks = Settings['portChecks'];

/** One port a line: "PostgreSQL 5432". */
export function formatPortChecks(checks: PortChecks): readonly string[] {
  return checks.map(({ name, port }) => `${name} ${port}`);
}

/** The other way round; `wrong` are the lines that are none. A port without a name is called by its number. */
export function parsePortChecks(lines: readonly string[]): { readonly checks: PortChecks; readonly wrong: readonly string[] } {
  const checks: { name: string; port: number }[] = [];
  const wrong: string[] = [];
  for (const line of lines) {
    const found = /^(?:(.{1,64}?)[\s:=,]+)?(\d{1,5})$/.exec(line.trim());
    const port = Number(found?.[2]);
    if (found && port >= 1 && port <= 65_535) checks.push({ name: found[1] ?? String(port), port });
    else wrong.push(line);
  }
  return { checks, wrong };
}
