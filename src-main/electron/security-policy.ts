/** What the window's page may load and do; sent as a header with every file, so that no page can be without it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A link that may leave the window for the person's own browser. */
export interface BrowserLink {
  /** As the parser writes it: one spelling an address, names of other scripts in punycode. */
  readonly address: string;
  /** On this machine itself (a container's published port). Anything else is asked about first. */
  readonly here: boolean;
}

/** What is longer cannot be shown whole in a question. */
const longestAddress = 500;

/** HTTP and HTTPS only, without a name and password in it. Null: it stays closed. */
export function linkForBrowser(link: string): BrowserLink | null {
  if (!URL.canParse(link)) return null;
  const { protocol, hostname, username, password, href } = new URL(link);
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '' || password !== '' || href.length > longestAddress) return null;
  return { address: href, here: hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname) };
}

/** A text that the window's own page made for the person to keep: the only thing that may be saved as a file. */
export function isOwnExport(address: string, mediaType: string): boolean {
  return address.startsWith('blob:app://bundle/') && exportTypes.has(mediaType);
}

/** Tables, lines of logs, reports. Saved by a dialog, never opened in the window. */
const exportTypes: ReadonlySet<string> = new Set(['text/csv', 'text/plain', 'text/markdown', 'text/html', 'application/json']);
