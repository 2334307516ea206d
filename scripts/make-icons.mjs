/**
 * Draws assets/icons/ (PNG 16-1024, .ico, .icns) from assets/icon.svg with the installed Chromium. Run by hand after the
 * drawing changed: node scripts/make-icons.mjs
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'assets', 'icons');
const drawing = readFileSync(join(root, 'assets', 'icon.svg'), 'utf8');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

async function draw() {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  const browser = await chromium.launch({ args: ['--no-sandbox'], ...(installed ? { executablePath: installed } : {}) });
  try {
    const page = await browser.newPage();
    await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block;width:100vw;height:100vh}</style>${drawing}`);
    const images = new Map();
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size });
      images.set(size, await page.screenshot({ omitBackground: true }));
    }
    return images;
  } finally {
    await browser.close();
  }
}

/** PNG pictures in Microsoft's container: a header, one 16-byte entry each, then the pictures. */
function icoOf(images) {
  const entries = [16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: images.get(size) }));
  const head = Buffer.alloc(6 + 16 * entries.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(entries.length, 4);
  let offset = head.length;
  entries.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at); // 0 means 256
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...entries.map(({ png }) => png)]);
}

/** PNG pictures in Apple's container: four letters and a length before each. */
function icnsOf(images) {
  const kinds = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };
  const chunks = Object.entries(kinds).map(([kind, size]) => chunkOf(kind, images.get(size)));
  return chunkOf('icns', Buffer.concat(chunks));
}

function chunkOf(kind, content) {
  const head = Buffer.alloc(8);
  head.write(kind, 0, 'latin1');
  head.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([head, content]);
}

const images = await draw();
mkdirSync(folder, { recursive: true });
for (const [size, png] of images) writeFileSync(join(folder, `${size}x${size}.png`), png);
writeFileSync(join(root, 'assets', 'icon.ico'), icoOf(images));
writeFileSync(join(root, 'assets', 'icon.icns'), icnsOf(images));
console.log(`icons: ${images.size} sizes, icon.ico and icon.icns in assets/`);
