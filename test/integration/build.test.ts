import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtFile } from '../helpers/web-built';

it('is the production build of the window, whoever built it', async () => {
  const folder = await builtFile('renderer', 'assets');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  for (const name of scripts) expect(/\bjsxDEV\b/.test(readFileSync(`${folder}/${name}`, 'utf8')), name).toBe(false);
});
