import { execFileSync } from 'node:child_process';

/** Null when a window can be shown, else one sentence why not. */
export function whyNoDisplay(environment = process.env, platform = process.platform) {
  if (platform !== 'linux') return null;
  if (environment.DISPLAY || environment.WAYLAND_DISPLAY) return null;
  return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
}

/** Null when the dynamic linker finds every library of the program, else one sentence naming the first missing ones. */
export function whyNotLoadable(program, platform = process.platform) {
  if (platform !== 'linux') return null;
  let output;
  try {
    output = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000 });
  } catch {
    // No ldd (musl, a bare container): starting will tell.
    return null;
  }
  const missing = output
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0]);
  return missing.length === 0 ? null : `system libraries are missing (${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' …' : ''})`;
}
