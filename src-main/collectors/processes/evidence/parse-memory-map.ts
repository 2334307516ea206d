export interface MemoryMapFacts {
  readonly writableExecutableCount: number;
  readonly foreignLibraries: readonly { readonly path: string; readonly deleted: boolean }[];
}

/** Takes /proc/PID/maps piece by piece (whole lines), so that reading a large one can be stopped and gone on with. */
export interface MemoryMapScan {
  take(lines: string): void;
  facts(): MemoryMapFacts;
}

const maxLibraries = 20;
const deletedMark = ' (deleted)';
/** Where any user may put a file. */
const openFolders = ['/tmp/', '/var/tmp/', '/dev/shm/'];

/** `exe` is the program itself: whether that is deleted or stands in an open folder is another fact. Lines are latin1 text. */
export function startMemoryMapScan(exe: string | null): MemoryMapScan {
  const own = exe === null ? null : Buffer.from(exe, 'utf8').toString('latin1');
  const libraries = new Map<string, boolean>();
  let writableExecutableCount = 0;

  function takePath(path: string): void {
    if (!path.startsWith('/')) return;
    const deleted = path.endsWith(deletedMark);
    const plain = deleted ? path.slice(0, -deletedMark.length) : path;
    if (plain === own || libraries.size >= maxLibraries) return;
    if (deleted || openFolders.some((folder) => plain.startsWith(folder))) libraries.set(plain, deleted || libraries.get(plain) === true);
  }

  return {
    take(lines) {
      for (let start = 0; start < lines.length; ) {
        const found = lines.indexOf('\n', start);
        const end = found < 0 ? lines.length : found;
        // `7f0c-7f0d r-xp 00001000 fe:00 1234   /path`: rights stand behind the first blank.
        const rights = lines.indexOf(' ', start) + 1;
        if (rights > start && rights + 4 <= end && lines[rights + 2] === 'x') {
          if (lines[rights + 1] === 'w') writableExecutableCount += 1;
          const path = pathAt(lines, rights, end);
          if (path !== null) takePath(path);
        }
        start = end + 1;
      }
    },
    facts: () => ({
      writableExecutableCount,
      foreignLibraries: [...libraries].map(([path, deleted]) => ({ path: decode(path), deleted })),
    }),
  };
}

/** Behind the fifth field; null for memory without a file. */
function pathAt(lines: string, rights: number, end: number): string | null {
  let position = rights;
  for (let field = 0; field < 4; field++) {
    position = lines.indexOf(' ', position);
    if (position < 0 || position >= end) return null;
    while (lines[position] === ' ') position += 1;
  }
  return position < end ? lines.slice(position, end) : null;
}

/** The kernel writes a line break within a path as `\012`. */
function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8').replaceAll('\\012', '\n');
}
