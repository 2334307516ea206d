/**
 * Stand-in for Electron's own default_app, which the npm-borne Electron lacks: runs the app folder (or file) named on
 * the command line. Development and tests only.
 * ESM with top-level await on purpose: Electron holds `ready` back until this module has settled; from a CommonJS loader
 * an ESM main dies with "protocol.registerSchemesAsPrivileged should be called before app is ready" (Electron 33).
 */
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const required = [];
let target = null;
const given = process.argv.slice(1);
for (let index = 0; index < given.length && target === null; index += 1) {
  const argument = given[index];
  if (argument === '-r' || argument === '--require') {
    index += 1;
    required.push(given[index]);
  } else if (argument === '-v' || argument === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (argument === '-a' || argument === '--abi') {
    console.log(process.versions.modules);
    process.exit(0);
  } else if (!argument.startsWith('-')) {
    target = path.resolve(argument);
  }
}
if (target === null) {
  console.error('usage: electron [flags] <app folder>');
  process.exit(2);
}
// Playwright's `-r loader.js` needs the CommonJS preloading that the electron binary does for its own default_app.
if (required.length > 0) Module._preloadModules(required);
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });

const packageFile = path.join(target, 'package.json');
if (fs.existsSync(packageFile)) {
  const description = JSON.parse(fs.readFileSync(packageFile, 'utf8'));
  if (description.version) app.setVersion(description.version);
  const name = description.productName || description.name;
  if (name) app.setName(name);
  app.setDesktopName(description.desktopName || `${app.getName()}.desktop`);
  app.setAppPath(target);
} else {
  app.setAppPath(path.dirname(target));
}
try {
  await import(pathToFileURL(Module._resolveFilename(target, null, true)).href);
} catch (error) {
  console.error(error);
  process.exit(1);
}
