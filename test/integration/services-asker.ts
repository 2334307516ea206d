import { createServiceParts } from '../../src-main/app/create-service-parts';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { silentLogger } from '../../src-main/platform/logger';
import { systemRoots } from '../../src-main/platform/roots';

/**
 * Bundled and run inside a systemd container by services-unit.test.ts: the real parts on that machine, asked as the doors
 * ask them. One argument: JSON of [{ explain: {unit, scope} } | { act: {unit, scope, action} }]; prints the answers.
 */
type Question = { readonly explain: Parameters<typeof parts.explain>[0] } | { readonly act: Parameters<typeof parts.act>[0] };

const attempts: unknown[] = [];
const parts = createServiceParts({
  roots: systemRoots,
  clock: systemClock,
  timers: systemTimers,
  logger: { ...silentLogger, info: (message, details) => attempts.push([message, details]) },
  latest: () => null,
  onActed: () => undefined,
});
const answers: unknown[] = [];
for (const question of JSON.parse(process.argv[2] ?? '[]') as readonly Question[]) {
  answers.push(await ('explain' in question ? parts.explain(question.explain) : parts.act(question.act)));
}
process.stdout.write(JSON.stringify({ answers, attempts }));
