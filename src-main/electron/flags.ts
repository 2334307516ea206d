import { resolve } from 'node:path';

/** What the desktop app was told on its command line and in its environment. */
export interface Flags {
  /** Start in the tray, without a window. */
  readonly hidden: boolean;
  /** Absolute; null for the usual place. */
  readonly dataDirectory: string | null;
  readonly nodeName: string | null;
  readonly engineEndpoint: string | null;
  /** Puts the test hook on `globalThis`. */
  readonly testing: boolean;
  /** In a test: a folder that stands for /run, by which LogScope knows whether systemd booted the machine; null for /run. */
  readonly runRoot: string | null;
  /** What the window shows first; null: its overview. */
  readonly show: 'demo' | null;
  /** Absolute; null for the usual place. */
  readonly demoDirectory: string | null;
}

/** Unknown arguments are left alone: Chromium's own switches travel on the same line. The line wins over the environment. */
export function parseFlags(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Flags {
  const directory = givenValue(argv, 'data-directory') ?? textOf(environment.LOGSCOPE_DATA_DIRECTORY);
  const demoDirectory = givenValue(argv, 'demo-directory');
  return {
    hidden: argv.includes('--hidden'),
    dataDirectory: directory === null ? null : resolve(directory),
    nodeName: textOf(environment.LOGSCOPE_NODE_NAME),
    engineEndpoint: textOf(environment.LOGSCOPE_ENGINE),
    testing: environment.LOGSCOPE_TEST === '1',
    show: givenValue(argv, 'show') === 'demo' ? 'demo' : null,
    demoDirectory: demoDirectory === null ? null : resolve(demoDirectory),
    runRoot: environment.LOGSCOPE_TEST === '1' ? textOf(environment.LOGSCOPE_TEST_RUN) : null,
  };
}

function givenValue(argv: readonly string[], name: string): string | null {
  const prefix = `--${name}=`;
  return textOf(argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length));
}

function textOf(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
