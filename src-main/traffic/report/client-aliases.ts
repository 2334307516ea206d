const octet = String.raw`\d{1,3}`;
const addressFour = String.raw`(?<![\w.:-]|\w\/)${octet}(?:\.${octet}){3}(?![\w.])`;
const addressSix = String.raw`(?<![\w.:])(?:[0-9a-fA-F]{0,4}:){2,7}(?:${octet}(?:\.${octet}){3}|[0-9a-fA-F]{0,4})(?![\w:])`;
const address = new RegExp(`${addressSix}|${addressFour}`, 'g');
/** A shorter name stands for nobody in particular, and may be part of anything. */
const shortestName = 4;

/** Addresses of clients as `client-1`, `client-2`, …: the same one is the same name for as long as this is kept. */
export class ClientAliases {
  private readonly numbers = new Map<string, number>();

  /** `names`: of clients that need be no addresses. */
  mask(text: string, names: readonly string[]): { readonly text: string; readonly count: number } {
    let count = 0;
    const put = (name: string) => {
      count += 1;
      return this.aliasOf(name);
    };
    const words = [...new Set(names)].filter((name) => name.length >= shortestName).sort((a, b) => b.length - a.length);
    const byName = patternOf(
      words.filter((name) => !name.includes(':')),
      String.raw`(?<![\w.-])`,
      String.raw`(?![\w-]|\.\w)`,
    );
    const withColons = patternOf(
      words.filter((name) => name.includes(':')),
      String.raw`(?<![\w.:-])`,
      String.raw`(?![\w-]|[.:][\w:])`,
    );
    const named = text.replace(withColons, put).replace(byName, put);
    return { text: named.replace(address, (found) => (isAddress(found) ? put(found) : found)), count };
  }

  private aliasOf(name: string): string {
    const number = this.numbers.get(name) ?? this.numbers.size + 1;
    this.numbers.set(name, number);
    return `client-${number}`;
  }
}

/** Times of day have colons too, but neither eight groups nor two colons in a row. */
function isAddress(text: string): boolean {
  if (text.includes('::')) return text.length > 2;
  return text.includes(':') ? text.split(':').length === 8 || text.includes('.') : text.split('.').every((part) => Number(part) <= 255);
}

function patternOf(names: readonly string[], before: string, behind: string): RegExp {
  return names.length === 0 ? /(?!)/g : new RegExp(`${before}(?:${names.map(escaped).join('|')})${behind}`, 'g');
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
