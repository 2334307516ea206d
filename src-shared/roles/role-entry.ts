/** What kind of work a program does. */
export const roleCategories = [
  'kernel',
  'init',
  'session',
  'display',
  'audio',
  'network',
  'remote-access',
  'time',
  'logging',
  'storage',
  'package',
  'container',
  'orchestration',
  'web-server',
  'database',
  'runtime',
  'browser',
  'security',
  'developer',
  'monitoring',
  'desktop',
  'hardware',
  'mail',
  'printing',
  'other',
] as const;
export type RoleCategory = (typeof roleCategories)[number];

/**
 * How gently a process has to be ended. K0: never. K1: it would log you out or cut your access. K2: through what runs it
 * (unit, container, pod). K3: ordinary. K4: recommended to end.
 */
export const killClasses = ['K0', 'K1', 'K2', 'K3', 'K4'] as const;
export type KillClass = (typeof killClasses)[number];

/** Where a program of a role stands when it is what it says. */
export type RolePlatform = 'linux' | 'darwin' | 'win32';

/**
 * One thing a process can be. Matched by the base name of its executable and the folder that stands in, then by what is
 * narrower; a title or a command line alone never makes a match, only a "claims to be".
 * Where several entries match, one with a narrower field (arguments, titles, parents) wins over one without, and among
 * those the one that stands first in the base.
 */
export interface RoleEntry {
  /** Short, stable, in kebab case. */
  readonly id: string;
  readonly platform: RolePlatform;
  /**
   * Base names of the executable, lower case on Windows. A trailing `*` stands for any rest ("postgres*"). For kernel threads (category
   * kernel): what their name begins with or is.
   */
  readonly names: readonly string[];
  /**
   * Folders the executable may stand in, each with everything below it; absent: the usual folders of programs of that platform
   * (src-main/rules/role/usual-folders.ts). When present they are all of them: the usual ones are repeated where they hold too.
   * Three more forms: `~/x` is x in any home folder (/root, /home/<one>, /Users/<one>, c:\users\<one>); one that begins with
   * neither (`node_modules/electron`) stands anywhere in the path; the whole path of an executable is that one only
   * (`/coredns` in a container image). On Windows lower case with backslashes. Entries of kernel threads have none.
   */
  readonly folders?: readonly string[];
  /**
   * One of these stands in the command line (a jar, a module, a script name): for programs that run others. Where one begins or
   * ends with a letter or digit, the neighbour there is none, and no `_` or `-`: `bin/vite` stands in "node /a/.bin/vite --host" and
   * "bin/vite.js", not in "bin/vitest".
   */
  readonly arguments?: readonly string[];
  /**
   * One of these begins the command line, bounded at its end as above: for programs that rename themselves ("npm run dev" of
   * node) or act by the name they are called by (busybox). With `arguments` either is enough.
   */
  readonly titles?: readonly string[];
  /** Base names one of which its parent has, where that is a certain sign (a helper). */
  readonly parents?: readonly string[];
  /** Units it usually runs in, without suffix; a trailing `*` as above. */
  readonly units?: readonly string[];
  /** Users it usually runs as; absent: any. */
  readonly users?: readonly string[];
  readonly category: RoleCategory;
  /** One plain sentence of at most 140 characters, our own words: what it is and what it is for. */
  readonly en: string;
  readonly ko: string;
  /** Ports it usually listens on. */
  readonly ports?: readonly number[];
  /** How much memory is nothing special: small < 200 MiB, medium < 2 GiB, large: holds memory by design. */
  readonly memory: 'small' | 'medium' | 'large';
  /** The class of the genuine one (path and owner right). */
  readonly stop: KillClass;
  /** Starts programs and shells as its job (sshd, cron, CI runners, terminals): a shell below it is nothing unusual. */
  readonly startsShells?: true;
  /** A helper of development (bundler, watcher, test runner, dev server): candidate for tidying up when its terminal is gone. */
  readonly developerTool?: true;
  /** Makes code while it runs: writable and executable memory is nothing unusual. */
  readonly makesCode?: true;
  /** What the sentence was checked against ("nginx manual", "systemd.io", "Debian package description of chrony"). */
  readonly source: string;
}
