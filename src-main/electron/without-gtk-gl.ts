const before = process.env.GDK_GL;

/**
 * Imported before Electron is ready, which is when GTK starts. On X11 GTK then looks for the visuals that OpenGL could use, which loads
 * Mesa and with it LLVM into this process, for good (41 MB measured); only a GtkGLArea would draw with it, and we have none.
 */
process.env.GDK_GL ??= 'disable';

/** Call when GTK has started: what we start (a browser for a link) must not inherit it. */
export function restoreGtkGl(): void {
  if (before === undefined) delete process.env.GDK_GL;
}
