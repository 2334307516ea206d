/** Words of common runtimes and servers for "somebody else has this port". */
const inUse =
  /\b(?:EADDRINUSE|address (?:is )?already in use|port is already allocated|bind: address|port \d+ is (?:already )?(?:in use|used|occupied)|Only one usage of each socket address)/i;

/**
 * Where the port stands in such a line: after the address ("0.0.0.0:3000", ":::3000", "[::]:80"), or after the word.
 * Times and source positions look alike ("12:30:45", "server.js:12"), so the address forms come first.
 */
const places = [
  /(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]*\]|:::|\blocalhost|\*):?(\d{2,5})\b/i,
  /\b(?:tcp|udp)[46]?\s+\S{0,60}?:(\d{2,5})\b/,
  /\bport:?\s*=?\s*(\d{2,5})\b/i,
  /EADDRINUSE\D{0,40}?(\d{2,5})\b/,
];

/** Longer lines are not looked at beyond this: the message stands at their start. */
const lookedAtCharacters = 2_000;

/** The port a log line says is in use by somebody else; null when it says no such thing or names none. */
export function portComplainedOf(line: string): number | null {
  const text = line.slice(0, lookedAtCharacters);
  if (!inUse.test(text)) return null;
  for (const place of places) {
    const port = Number(place.exec(text)?.[1]);
    if (port >= 1 && port <= 65_535) return port;
  }
  return null;
}
