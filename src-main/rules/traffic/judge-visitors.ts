import type { TrafficBot } from '../../../src-shared/traffic/report';

/** What a client asked for, and how it was answered. */
export interface ClientConduct {
  readonly name: string;
  readonly requests: number;
  /** 404 */
  readonly notFound: number;
  /** 401 and 403 */
  readonly denied: number;
}

const scannerAgent = /sqlmap|nikto|nmap|masscan|zgrab|nuclei|wpscan|gobuster|dirbuster|feroxbuster|ffuf|acunetix|nessus|openvas/i;
const robotAgent =
  /bot\b|bot\/|crawler|spider|slurp|archiver|facebookexternalhit|whatsapp|preview|monitor|uptime|pingdom|statuscake|curl\/|wget\/|python-requests|python-urllib|aiohttp|go-http-client|okhttp|java\/|libwww|httpclient|axios\/|node-fetch|scrapy|headless|kube-probe|prometheus|elb-healthchecker/i;
const sweepRequests = 30;
const guessRequests = 20;
/** Of its requests; a client that mostly gets what it wants is no scanner. */
const refusedShare = 0.5;

/** Agents that name themselves as programs: the kind of one of them, or null for a browser. */
export function judgeAgent(agent: string): 'known-bot' | 'scanner' | null {
  if (scannerAgent.test(agent)) return 'scanner';
  return robotAgent.test(agent) ? 'known-bot' : null;
}

/** Who looks for what is not there, and who is refused again and again; the most refused first. */
export function judgeClients(clients: readonly ClientConduct[]): readonly TrafficBot[] {
  const found: TrafficBot[] = [];
  for (const { name, requests, notFound, denied } of clients) {
    if (notFound >= sweepRequests && notFound >= requests * refusedShare)
      found.push({ kind: 'scanner', name, requests, refused: notFound });
    else if (denied >= guessRequests && denied >= requests * refusedShare)
      found.push({ kind: 'brute-force', name, requests, refused: denied });
  }
  return found.toSorted((a, b) => b.refused - a.refused);
}
