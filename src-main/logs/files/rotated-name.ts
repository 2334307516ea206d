/** "app.log.1", "app.log-20261121", "app.log.2.gz", "syslog.old": what a rotation leaves behind, read as the past and not followed. */
export function isRotatedName(path: string): boolean {
  return /(?:\.\d{1,3}|[.-]\d{8}(?:[-_.T]?\d{2,6})?|\.(?:old|bak))$/.test(path) || isCompressedName(path);
}

export function isCompressedName(path: string): boolean {
  return /\.(?:gz|bz2|xz|zst|lz4|zip)$/.test(path);
}
