import type { LogKind } from '../../../src-shared/logs/log-record';

/** An absolute path or pattern of files to follow. */
export interface FollowedPattern {
  readonly pattern: string;
  readonly kind: LogKind;
}

/** Logs that machines commonly have. Those that are not there are left out in silence; those that may not be read say which group may. */
export const wellKnownLogFiles: readonly FollowedPattern[] = [
  { pattern: '/var/log/syslog', kind: 'event' },
  { pattern: '/var/log/messages', kind: 'event' },
  { pattern: '/var/log/kern.log', kind: 'event' },
  { pattern: '/var/log/auth.log', kind: 'security' },
  { pattern: '/var/log/secure', kind: 'security' },
  { pattern: '/var/log/dpkg.log', kind: 'configuration' },
  { pattern: '/var/log/nginx/*error*.log', kind: 'event' },
  { pattern: '/var/log/nginx/*access*.log', kind: 'access' },
  { pattern: '/var/log/apache2/*error*.log', kind: 'event' },
  { pattern: '/var/log/apache2/*access*.log', kind: 'access' },
  { pattern: '/var/log/httpd/*error_log', kind: 'event' },
  { pattern: '/var/log/httpd/*access_log', kind: 'access' },
];

/** What rsyslog writes on a machine with a journal stands in both; with Debian's and Red Hat's rules into these. */
export const copiesOfTheJournal: ReadonlySet<string> = new Set([
  '/var/log/syslog',
  '/var/log/messages',
  '/var/log/kern.log',
  '/var/log/auth.log',
  '/var/log/secure',
]);
