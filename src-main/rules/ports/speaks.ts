/** What is usually spoken at a port of this machine; only said where nothing better is known, and then as "usually". */
const usualSpeech: Readonly<Record<number, string>> = {
  21: 'FTP',
  22: 'SSH',
  25: 'SMTP',
  53: 'DNS',
  67: 'DHCP',
  68: 'DHCP',
  80: 'HTTP',
  110: 'POP3',
  111: 'RPC portmapper',
  123: 'NTP',
  139: 'SMB',
  143: 'IMAP',
  161: 'SNMP',
  389: 'LDAP',
  443: 'HTTPS',
  445: 'SMB',
  465: 'SMTP',
  514: 'syslog',
  546: 'DHCPv6',
  587: 'SMTP',
  631: 'IPP',
  853: 'DNS over TLS',
  993: 'IMAP',
  1433: 'SQL Server',
  1883: 'MQTT',
  2049: 'NFS',
  2375: 'Docker API',
  2376: 'Docker API',
  2379: 'etcd',
  2380: 'etcd',
  3000: 'HTTP',
  3306: 'MySQL',
  3389: 'RDP',
  4222: 'NATS',
  5000: 'HTTP',
  5173: 'HTTP',
  5353: 'mDNS',
  5355: 'LLMNR',
  5432: 'PostgreSQL',
  5601: 'HTTP',
  5672: 'AMQP',
  5900: 'VNC',
  6379: 'Redis',
  6443: 'Kubernetes API',
  8000: 'HTTP',
  8008: 'HTTP',
  8080: 'HTTP',
  8081: 'HTTP',
  8443: 'HTTPS',
  8883: 'MQTT',
  8888: 'HTTP',
  9000: 'HTTP',
  9042: 'Cassandra',
  9090: 'HTTP',
  9092: 'Kafka',
  9200: 'Elasticsearch',
  9229: 'Node.js inspector',
  10250: 'kubelet',
  11211: 'memcached',
  11434: 'HTTP',
  15672: 'HTTP',
  26257: 'CockroachDB',
  27017: 'MongoDB',
};

/** Ports that only say the same of UDP. */
const udpSpeech: Readonly<Record<number, string>> = {
  443: 'QUIC',
  51820: 'WireGuard',
  1900: 'SSDP',
  3702: 'WS-Discovery',
  500: 'IKE',
  4500: 'IKE',
};
const udpToo: ReadonlySet<number> = new Set([53, 67, 68, 111, 123, 161, 389, 514, 546, 2049, 5353, 5355]);

export function speechAtPort(protocol: 'tcp' | 'udp', port: number): string | null {
  if (protocol === 'udp') return udpSpeech[port] ?? (udpToo.has(port) ? (usualSpeech[port] ?? null) : null);
  return usualSpeech[port] ?? null;
}

/** Entries of the role base that speak one thing, whatever the port. */
export const speechOfEntry: Readonly<Record<string, string>> = {
  nginx: 'HTTP',
  apache: 'HTTP',
  caddy: 'HTTP',
  traefik: 'HTTP',
  lighttpd: 'HTTP',
  vite: 'HTTP',
  webpack: 'HTTP',
  grafana: 'HTTP',
  prometheus: 'HTTP',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MySQL',
  mongodb: 'MongoDB',
  redis: 'Redis',
  valkey: 'Redis',
  memcached: 'memcached',
  sshd: 'SSH',
  cups: 'IPP',
  dnsmasq: 'DNS',
  named: 'DNS',
  unbound: 'DNS',
  'systemd-resolved': 'DNS',
  chronyd: 'NTP',
  ntpd: 'NTP',
  rpcbind: 'RPC portmapper',
  nats: 'NATS',
  mosquitto: 'MQTT',
  samba: 'SMB',
  kafka: 'Kafka',
  etcd: 'etcd',
};

export function speechOfRole(entry: string | null): string | null {
  return entry !== null && Object.hasOwn(speechOfEntry, entry) ? (speechOfEntry[entry] ?? null) : null;
}

/** What is never asked for a web page: it would take the question for an attack, or write it into its log. */
const neverWeb: ReadonlySet<string> = new Set(
  Object.values(usualSpeech).filter((speech) => !['HTTP', 'HTTPS', 'Elasticsearch', 'etcd'].includes(speech)),
);

export function mayBeWeb(speech: string | null): boolean {
  return speech === null || !neverWeb.has(speech);
}
