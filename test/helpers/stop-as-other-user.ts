import { createStopParts } from './stop-parts';

/** Run as root with a pid: drops to nobody, tries to stop that process and those below it, and prints the result. */
const pid = Number(process.argv[2]);
process.setgroups?.([]);
process.setgid?.(65534);
process.setuid?.(65534);
const attempts: unknown[] = [];
const parts = createStopParts({ onAttempt: ({ pid: of, outcome }) => attempts.push([of, outcome]) });
await parts.look();
const { ticket } = await parts.stops.preview(parts.find(pid).id);
const result = await parts.stops.stop({ ticket, signal: 'SIGTERM', withDescendants: true });
console.log(JSON.stringify({ ...result, attempts }));
