import { formatBytes } from '../../src-shared/format';
import { maskWords } from '../../src-shared/redact/mask-values';
import type { RunTrait } from '../../src-shared/runs';
import type { EngineContainerDetail } from '../platform/container-engine-detail';

/** Salted, so that what is stored cannot be looked up in a table of usual passwords. */
export type HashSecret = (text: string) => string;

/** How a container is run, trait by trait. Values of variables leave this function as hashes only. Pure but for `hash`. */
export function deriveTraits(detail: EngineContainerDetail, identity: string, hash: HashSecret): readonly RunTrait[] {
  const plain = (what: RunTrait['what'], name: string, text: string): RunTrait => ({ what, name, shown: text, token: text });
  const command = [...detail.entrypoint, ...detail.command];
  return [
    plain('image', '', detail.image),
    { what: 'image-content', name: '', shown: shortContentId(detail.imageId), token: detail.imageId },
    // A command may carry a password: what is shown of it is stored, so those parts are hidden; all of it is compared.
    {
      what: 'command',
      name: '',
      shown: shownCommand(command, (secret) => hash(`${identity}\nsecret\n${secret}`).slice(0, 6)),
      token: hash(`${identity}\ncommand\n${JSON.stringify(command)}`),
    },
    ...detail.environment.map(({ name, value }): RunTrait => {
      return { what: 'environment', name, shown: null, token: hash(`${identity}\nenvironment\n${name}\n${value}`) };
    }),
    ...portTraits(detail),
    ...detail.mounts.map(({ kind, source, target, readOnly }) =>
      plain('mount', target, `${kind} ${isAnonymous(kind, source) ? '(anonymous)' : source}${readOnly ? ' (read-only)' : ''}`),
    ),
    ...Object.entries(detail.limits).map(([name, value]) => plain('limit', name, limitText(name, value))),
    ...(detail.user === null ? [] : [plain('user', '', detail.user)]),
    plain('network', '', networkText(detail)),
  ];
}

/** One trait a container port, whatever many places it is published at. */
function portTraits({ orderedPorts }: EngineContainerDetail): readonly RunTrait[] {
  const places = new Map<string, string[]>();
  for (const { port, hostAddress, hostPort } of orderedPorts) {
    const place = `${hostAddress === null ? '' : `${hostAddress}:`}${hostPort ?? '(any)'}`;
    places.set(port, [...(places.get(port) ?? []), place]);
  }
  return [...places].map(([port, all]) => {
    const text = all.sort().join(', ');
    return { what: 'port', name: port, shown: text, token: text };
  });
}

/** Another one each time, and never a change anybody made. */
function isAnonymous(kind: string, source: string): boolean {
  return kind === 'volume' && (source === '' || /^[0-9a-f]{64}$/.test(source));
}

function networkText({ networkMode, networks }: EngineContainerDetail): string {
  const names = networks.map(({ name }) => name).sort();
  return names.length > 0 ? names.join(', ') : networkMode;
}

function limitText(name: string, value: number): string {
  return name.startsWith('memory') ? formatBytes(value) : String(value);
}

function shortContentId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** The command as a person would type it, without its secrets. */
function shownCommand(words: readonly string[], hash: HashSecret): string {
  return maskWords(words, hash).join(' ').slice(0, 2_000);
}
