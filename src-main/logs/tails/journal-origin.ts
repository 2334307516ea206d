import type { LogOrigin } from '../../../src-shared/logs/log-record';

/** What grants and refuses access, by unit or by the program's own name. */
const securityNames =
  /^(?:sshd?(?:@.*)?(?:\.service)?|sshd-session|sudo|su|login|passwd|useradd|usermod|groupadd|systemd-logind\.service|polkit(?:d)?(?:\.service)?|pkexec|cron|CRON|fail2ban(?:\.service)?|auditd?(?:\.service)?|kernel-audit)$/;

const origins = new Map<string, LogOrigin>();

/** The source that an entry of the journal stands for; the same object for the same name. */
export function journalOrigin(name: string): LogOrigin {
  const known = origins.get(name);
  if (known !== undefined) return known;
  if (origins.size > 5_000) origins.clear();
  const origin: LogOrigin = { key: `journal/${name}`, sourceKind: 'journal', name, kind: securityNames.test(name) ? 'security' : 'event' };
  origins.set(name, origin);
  return origin;
}
