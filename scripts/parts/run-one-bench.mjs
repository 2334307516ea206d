/** Child of bench.mjs: one benchmark file in a process of its own, so that no heap or descriptor of another distorts it. */
import { pathToFileURL } from 'node:url';

const { run } = await import(pathToFileURL(process.argv[2]).href);
const rows = await run((line) => console.error(`  ${line}`));
process.send(rows, () => process.exit(0));
