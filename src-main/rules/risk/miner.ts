import type { ProcessFacts } from '../../../src-shared/snapshots';
import { headOf } from './command-line';
import { programName } from './programs';

/** Programs whose only use is mining, and names miners brought in by others use to hide. */
const minerNames =
  /^(?:xmrig\S*|xmr-stak\S*|minerd|cpuminer\S*|ethminer|cgminer|bfgminer|nbminer|lolminer|t-rex|phoenixminer|teamredminer|gminer|claymore\S*|kdevtmpfsi|kinsing|ccminer|srbminer\S*|wildrig\S*|nanominer)(?:\.exe)?$/i;
const poolScheme = /\b(?:stratum[12]?|daemon|ethproxy)\+(?:tcp|ssl|tls|udp|http)s?:\/\/|\bstratum:\/\/|\bnicehash\b.{0,100}:\d{4,5}\b/i;
const minerOption =
  /(?:^|[\s\0])--(?:donate-level|cpu-max-threads-hint|randomx-\S+|coin=(?:monero|xmr|rvn|etc)|algo=(?:rx\/|cn\/|randomx|cryptonight|ethash|kawpow))/i;
/** The usual three options of miners together: pool, wallet, password. */
const poolOptions = /(?:^|[\s\0])(?:-o|--url)[\s\0=]?\S{1,100}:\d{2,5}\b.{0,100}[\s\0](?:-u|--user)[\s\0=]?\S{20,}/;

/** Without one of these none of the above can match. */
const mayMine = /stratum|\+(?:tcp|ssl|tls|udp|http)|nicehash|--(?:donate|cpu-max|randomx|coin|algo|url)|-o/i;

/** What speaks for mining: `name` of the program, or a word of the command line. Null: nothing. */
export function minerMarker(
  process: Pick<ProcessFacts, 'exe' | 'name' | 'command'>,
): { readonly text: string; readonly byName: boolean } | null {
  const name = programName(process);
  if (minerNames.test(name)) return { text: name, byName: true };
  const command = headOf(process.command);
  if (!mayMine.test(command)) return null;
  const marker = poolScheme.exec(command) ?? minerOption.exec(command) ?? poolOptions.exec(command);
  return marker === null
    ? null
    : {
        text: marker[0]
          .replace(/[\s\0]+/g, ' ')
          .trim()
          .slice(0, 40),
        byName: false,
      };
}
