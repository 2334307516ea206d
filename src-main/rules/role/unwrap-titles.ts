import { plainText, wordsOf } from './command-words';
import { baseName } from './stands-in';
import type { Unwrapped } from './unwrapped';

const mostPartLetters = 48;
/** Roles that Chromium gives its processes. */
const chromiumTypes = new Set([
  ...['renderer', 'gpu-process', 'utility', 'zygote', 'broker', 'crashpad-handler', 'ppapi', 'nacl-loader', 'sandbox-ipc', 'relauncher'],
]);
/** Processes of PostgreSQL that are no one's session. */
const postgresParts =
  /^(?:checkpointer|background writer|walwriter|autovacuum|logical replication|archiver|stats collector|logger|startup|walreceiver|walsender|io worker|slotsync|parallel worker|bgworker|background worker|[\w ]+ (?:process|worker|launcher|writer))/;

/** What a program wrote over its command line about itself, when it begins with the name of the file it runs. */
export function unwrapTitle(exeName: string, command: string): Unwrapped | null {
  const bracketed = /^\(([\w.@:-]{2,40})\)$/.exec(command.trim());
  if (bracketed?.[1] !== undefined && /^(?:systemd|udev|init)/.test(exeName)) return part(bracketed[1]);
  const colon = command.indexOf(': ');
  if (colon < 1 || colon > 40) return null;
  const title = command.slice(0, colon);
  if (title.includes(' ') || title.includes('/') || !isNameOf(exeName, title)) return null;
  const text = command.slice(colon + 2);
  if (title.startsWith('sshd')) return unwrapSshd(text);
  if (title.startsWith('postgres')) return unwrapPostgres(text);
  // "master process /usr/sbin/nginx -g daemon on;", "master process (/etc/php/fpm.conf)", "running [host.local]"
  return part(text.split(/\s(?=[/([{])/, 1)[0] ?? text);
}

/** `php-fpm8.2` writes "php-fpm: pool www", `sshd-session` writes "sshd: dev@pts/0". */
function isNameOf(exeName: string, title: string): boolean {
  return exeName === title || (exeName.startsWith(title) && /^(?:-?[\d.]+|-session|-auth)$/.test(exeName.slice(title.length)));
}

function unwrapSshd(text: string): Unwrapped | null {
  if (text.includes('[listener]')) return part('listener');
  const account = /^([^\s[@/]{1,64})(?:@(\S{1,32}))?/.exec(text)?.[1];
  if (account === undefined || account === 'unknown' || text.startsWith('[')) return part('connection');
  return { form: 'session', program: plainText(account) };
}

function unwrapPostgres(text: string): Unwrapped | null {
  // Debian puts the cluster first: "15/main: checkpointer".
  const bare = text.replace(/^[\w.-]+(?:\/[\w.-]+)?: /, '').trim();
  if (postgresParts.test(bare)) return part(bare.split(/ {2,}|\s(?=\d|[([])/, 1)[0] ?? bare);
  const [account, database] = bare.split(' ');
  return account === undefined || database === undefined ? part(bare) : { form: 'session', program: plainText(`${account} (${database})`) };
}

function part(text: string): Unwrapped | null {
  const program = plainText(text, mostPartLetters);
  return program === '' ? null : { form: 'part', program };
}

/** Parts of Chromium, of programs made with Electron, and of Firefox. */
export function unwrapBrowserPart(exeName: string, command: string): Unwrapped | null {
  const type = /(?:^|\s)--type=([a-z-]+)(?=\s|$)/.exec(command.slice(0, 4096))?.[1];
  if (type !== undefined && chromiumTypes.has(type)) {
    const service = /(?:^|\s)--utility-sub-type=[\w.]*?(\w+)(?=\s|$)/.exec(command.slice(0, 4096))?.[1];
    return part(service === undefined ? type : `${type} ${service}`);
  }
  if (/^(?:firefox|thunderbird|librewolf|waterfox)/.test(exeName) && /\s-contentproc\s/.test(command)) {
    const kind = /(?:^|\s)([a-z]+)$/i.exec(command.trim())?.[1];
    return part(kind ?? 'contentproc');
  }
  return null;
}

/** containerd-shim and conmon hold one container each. */
export function heldContainerId(
  process: Parameters<typeof wordsOf>[0] & { readonly exe: string | null; readonly name: string },
): string | null {
  const name = process.exe === null ? process.name : baseName(process.exe);
  const flag = name.startsWith('containerd-shim') ? ['-id', '--id'] : name === 'conmon' ? ['-c', '--cid'] : null;
  if (flag === null) return null;
  const words = wordsOf(process);
  const id = words[words.findIndex((word) => flag.includes(word)) + 1] ?? '';
  return /^[0-9a-f]{12,64}$/.test(id) ? id : null;
}
