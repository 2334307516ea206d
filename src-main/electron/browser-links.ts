import type { BrowserLink } from './security-policy';

export interface BrowserLinksOptions {
  /** Gives an address to the person's browser. */
  readonly open: (address: string) => Promise<void>;
  /** Shows the whole address and asks; false is the harmless answer. */
  readonly ask: (address: string) => Promise<boolean>;
  readonly log: (line: string) => void;
}

/**
 * What becomes of a link that a person follows out of the window: one to this machine is opened, one to elsewhere after a
 * question. While a question stands every other link to elsewhere is dropped: a page that asks in a loop gets one answer.
 */
export function createBrowserLinks({ open, ask, log }: BrowserLinksOptions): (link: BrowserLink) => Promise<void> {
  let asking = false;
  async function isWanted({ address, here }: BrowserLink): Promise<boolean> {
    if (here) return true;
    if (asking) return false;
    asking = true;
    try {
      return await ask(address);
    } finally {
      asking = false;
    }
  }
  return async (link) => {
    if (!(await isWanted(link))) return;
    await open(link.address).catch((error: unknown) => log(`no browser opened ${link.address}: ${String(error)}`));
  };
}
