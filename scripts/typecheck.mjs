/** Every TypeScript project by itself, two at a time; the Electron shell also against the older major that tests run on. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './parts/root.mjs';

const projects = ['shared', 'main', 'renderer', 'test', 'electron33'];
const waiting = [...projects];
const failed = [];

async function work() {
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
    const { code, output } = await typecheck(project);
    if (code !== 0) failed.push(project);
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} tsconfig.${project}.json${output === '' ? '' : `\n${output.trimEnd()}`}`);
  }
}

function typecheck(project) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', `tsconfig.${project}.json`, '--pretty', 'false'],
      { cwd: root },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('close', (code) => resolve({ code, output }));
  });
}

await Promise.all([work(), work()]);
process.exitCode = failed.length > 0 ? 1 : 0;
