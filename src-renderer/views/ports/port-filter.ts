import type { LocalPort } from '../../../src-shared/contract';

/** Which ports: all, those others can reach, those with a web page. */
export type PortChoice = 'all' | 'open' | 'web';

export function isChosen(port: LocalPort, which: PortChoice): boolean {
  return which === 'all' || (which === 'open' ? port.reach !== 'loopback' : port.url !== null);
}

const words: Readonly<Record<string, (port: LocalPort) => readonly (string | null | undefined)[]>> = {
  name: (port) => [port.process?.name],
  user: (port) => [port.process?.user],
  unit: (port) => [port.unit],
  container: (port) => [port.container?.name],
  project: (port) => [port.project?.name, port.project?.root],
  speaks: (port) => [port.speaks?.name],
  title: (port) => [port.page?.title],
  reach: (port) => [port.reach],
};

/**
 * `3000 name:node -project:shop "my page"`: all parts have to hold, a leading `-` turns one round, quotes keep spaces together.
 * `port:3000-3010` is a range; a figure alone is a port that begins with it, or a pid. A word that is none is plain text.
 */
export function parsePortFilter(text: string): (port: LocalPort) => boolean {
  const tests = [...text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].flatMap(([token]) => {
    const exclude = token.length > 1 && token.startsWith('-');
    const part = (exclude ? token.slice(1) : token).replaceAll('"', '').toLowerCase();
    if (part === '') return [];
    const test = parsePart(part);
    return [(port: LocalPort) => test(port) !== exclude];
  });
  return (port) => tests.every((test) => test(port));
}

function parsePart(part: string): (port: LocalPort) => boolean {
  const [word = '', ...rest] = part.split(':');
  const value = rest.join(':');
  const range = /^port:(\d+)(?:-(\d+))?$/.exec(part);
  if (range !== null) {
    const from = Number(range[1]);
    const to = Number(range[2] ?? range[1]);
    return ({ port }) => port >= Math.min(from, to) && port <= Math.max(from, to);
  }
  const texts = value === '' || !Object.hasOwn(words, word) ? undefined : words[word];
  if (texts !== undefined) return (port) => texts(port).some((one) => one?.toLowerCase().includes(value) ?? false);
  if (/^:?\d+$/.test(part)) {
    const figure = part.replace(':', '');
    return ({ port, process }) => String(port).startsWith(figure) || (!part.startsWith(':') && String(process?.pid) === figure);
  }
  return (port) => allTexts(port).some((one) => one?.toLowerCase().includes(part) ?? false);
}

function allTexts(port: LocalPort): readonly (string | null | undefined)[] {
  return [
    port.protocol,
    ...port.addresses,
    port.process?.name,
    port.process?.user,
    port.unit,
    port.container?.name,
    port.speaks?.name,
    port.url,
    port.page?.title,
    port.project?.name,
    port.project?.branch,
  ];
}
