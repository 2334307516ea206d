/**
 * What the window's page may load and do; sent as a header with every file, so that no page can be without it.
 * `unsafe-inline` for styles only: Radix puts small <style> elements into the page (@radix-ui/react-scroll-area 1.x).
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
