/** "app.log.1", "app.log-20261121", "app.log.2.gz", "syslog.old": what a rotation leaves behind, read as the past and not followed. */
export function isRotatedName(path: string): boolean {
  return /(?:\.\d{1,3}|[.-]\d{8}(?:[-_.T]?\d{2,6})?|\.(?:old|bak))$/.test(path) || isCompressedName(path);
}

export function isCompressedName(path: string): boolean {
  return /\.(?:gz|bz2|xz|zst|lz4|zip)$/.test(path);
}

/** Whether `file` is what a rotation made of `path`, and not of another file whose name begins the same ("app.log.err.1"). */
export function isRotationOf(path: string, file: string): boolean {
  if (!file.startsWith(path)) return false;
  const rest = file.slice(path.length).replace(/\.(?:gz|bz2|xz|zst|lz4|zip)$/, '');
  // Nothing left: "app.log.gz", packed by hand or by a rotation that keeps one.
  return (file.length > path.length && rest === '') || /^(?:(?:\.\d{1,3}|[.-]\d{8}(?:[-_.T]?\d{2,6})?|\.(?:old|bak))){1,2}$/.test(rest);
}
