import { describeLog, findKnownLogs } from '../../src-main/app/traffic-known-logs';

/** Run as root with a folder: drops to nobody, and prints what is found of access logs in it. */
process.setgroups?.([]);
process.setgid?.(65534);
process.setuid?.(65534);
const [, , folder = ''] = process.argv;
console.log(
  JSON.stringify({
    found: findKnownLogs([`${folder}/open/*access*.log`, `${folder}/closed/*access*.log`, `${folder}/absent/*.log`], '/etc'),
    recent: describeLog([`${folder}/open/closed.log`], '/etc'),
  }),
);
