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

/**
 * The address of a link that may leave the window for the person's own browser: HTTP on this machine itself (a container's
 * published port), nothing else. Null: it stays closed.
 */
export function addressForBrowser(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { protocol, hostname, username, password, href } = new URL(link);
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '' || password !== '') return null;
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname) ? href : null;
}

/** A text that the window's own page made for the person to keep: the only thing that may be saved as a file. */
export function isOwnExport(address: string, mediaType: string): boolean {
  return address.startsWith('blob:app://bundle/') && (mediaType === 'text/csv' || mediaType === 'application/json');
}
