import { scriptName } from './script-name';
import { firstArgument, options } from './skip-options';
import { inlineCode, programOf, type Unwrapped } from './unwrapped';

/** Programs that run the command given to them, with their options that take a value, and how many words come before it. */
const wrappers: Readonly<Record<string, { readonly table: ReturnType<typeof options>; readonly skip?: number }>> = {
  sudo: { table: options('-u --user -g --group -h --host -p --prompt -C -D --chdir -R -T -U') },
  doas: { table: options('-u -C') },
  runuser: { table: options('-u --user -g --group') },
  timeout: { table: options('-k --kill-after -s --signal'), skip: 1 },
  nohup: { table: options('') },
  nice: { table: options('-n --adjustment') },
  ionice: { table: options('-c --class -n --classdata -p') },
  chrt: { table: options('-T -P -D'), skip: 1 },
  taskset: { table: options(''), skip: 1 },
  setsid: { table: options('') },
  stdbuf: { table: options('-i --input -o --output -e --error') },
  env: { table: options('-u --unset -C --chdir -S') },
  flock: { table: options('-w --timeout -E'), skip: 1 },
  strace: { table: options('-e -o -p -s -u -a -b -E -P -I -O -S -X') },
  ltrace: { table: options('-e -o -p -s -u -a -n -l') },
  watch: { table: options('-n --interval -q') },
  'dbus-run-session': { table: options('--config-file --dbus-daemon') },
  tini: { table: options('-p -e') },
  'docker-init': { table: options('-p -e') },
  'dumb-init': { table: options('-r --rewrite') },
  catatonit: { table: options('') },
  gosu: { table: options(''), skip: 1 },
  'su-exec': { table: options(''), skip: 1 },
  unshare: { table: options('-S -G -R -w --setuid --setgid --root --wd --map-users --map-groups') },
  nsenter: { table: options('-t --target -S -G --setuid --setgid') },
  xargs: { table: options('-I -n -P -L -d -a -E -s') },
};

/** sudo, timeout, nice, tini…: the command behind them; null when they have none or are no wrapper. */
export function unwrapWrapper(exeName: string, words: readonly string[]): Unwrapped | null {
  if (!Object.hasOwn(wrappers, exeName)) return null;
  const wrapper = wrappers[exeName];
  if (wrapper === undefined) return null;
  let found = firstArgument(words.slice(1), wrapper.table);
  for (let skip = wrapper.skip ?? 0; skip > 0 && found.kind === 'word'; skip -= 1) found = firstArgument(found.rest, options(''));
  while (found.kind === 'word' && /^[A-Za-z_]\w*=/.test(found.word)) found = firstArgument(found.rest, options(''));
  if (found.kind === 'inline') return inlineCode;
  return found.kind === 'word' ? programOf(scriptName(found.word)) : null;
}
