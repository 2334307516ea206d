import type { Systeminformation } from 'systeminformation';
import type { ListeningSocket } from '../../../src-shared/snapshots/processes';

/** Waits for others: a TCP listener, or a UDP socket without a peer. */
export function isListening(connection: Systeminformation.NetworkConnectionsData): boolean {
  if (connection.protocol.startsWith('tcp')) return connection.state.toUpperCase().startsWith('LISTEN');
  return connection.protocol.startsWith('udp') && (connection.peerAddress === '' || /^[*0:.[\]]+$/.test(connection.peerAddress));
}

export function listeningSocketOf(connection: Systeminformation.NetworkConnectionsData): ListeningSocket {
  const address = connection.localAddress.replace(/^\[|\]$/g, '');
  return {
    protocol: connection.protocol.startsWith('udp') ? 'udp' : 'tcp',
    address: address === '*' ? '0.0.0.0' : address,
    port: Number.parseInt(connection.localPort, 10),
  };
}

/** The word of systeminformation as the letter of stat(5); S for the words that say nothing. */
export function stateLetter(state: string): string {
  const letters: Readonly<Record<string, string>> = { running: 'R', blocked: 'D', stopped: 'T', zombie: 'Z', idle: 'I' };
  return letters[state] ?? 'S';
}
