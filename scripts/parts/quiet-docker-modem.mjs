/**
 * Vite plugin. docker-modem (5.0.x) describes every request with util.inspect, hidden properties and all, for a debug line
 * that nobody asked for: with an abort signal among the options that is about 12 ms and 400 KB of text a request, 0.7 s of
 * processor time at the start with 20 containers. Fails the build when the line is no longer as it was.
 */
const wasteful = /debug\('Sending: %s', util\.inspect\(options, \{[^}]*\}\)\);/;

export function quietDockerModem() {
  return {
    name: 'quiet-docker-modem',
    transform(code, id) {
      return isDockerModem(id) ? { code: withoutWaste(code), map: null } : null;
    },
  };
}

export function isDockerModem(path) {
  return /docker-modem[\\/]lib[\\/]modem\.js/.test(path);
}

/** Throws when the line is no longer as it was. */
export function withoutWaste(code) {
  if (!wasteful.test(code)) throw new Error('docker-modem has changed: see scripts/parts/quiet-docker-modem.mjs');
  return code.replace(wasteful, '');
}
