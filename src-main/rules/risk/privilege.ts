import { secretOnCommandLine } from './command-line';
import { evidenceWith, isRoot, isUnexplained, type RiskFamily, type RiskRule } from './rule';

/** R19 */
const rootRunsChangeableFile: RiskRule = ({ process }) => {
  const place = evidenceWith(process, 'file')?.file?.changeableAt ?? null;
  if (place === null || !isRoot(process) || process.container !== null) return null;
  return { rule: 'risk-root-changeable', axis: 'exposure', points: 45, values: { place, user: process.user ?? 'root' } };
};

/** R21. Known to a person, the base, a unit, a desktop entry or a package is known; "started by X" is not. */
const isUnknownRoot: RiskRule = (subject) => {
  const { process } = subject;
  if (process.exe === null || !isRoot(process) || process.container !== null || process.pod !== null) return null;
  if (!isUnexplained(subject)) return null;
  const evidence = evidenceWith(process, 'package');
  if (evidence === null || evidence.package !== null) return null;
  const listens = process.listening.length > 0;
  return { rule: 'risk-root-unknown', axis: 'exposure', points: listens ? 35 : 20, values: { user: process.user ?? 'root' } };
};

/** R22 */
const hasExtraPrivilege: RiskRule = ({ process, context }) => {
  const evidence = evidenceWith(process, 'status');
  if (evidence === null || context.platform !== 'linux') return null;
  const { realUid, effectiveUid, strongCapabilities } = evidence;
  if (realUid !== null && realUid !== 0 && effectiveUid === 0) {
    return { rule: 'risk-extra-privilege', axis: 'exposure', points: 20, values: { what: 'setuid root' } };
  }
  if (effectiveUid === 0 || effectiveUid === null || strongCapabilities === null || strongCapabilities.length === 0) return null;
  // In a user namespace (rootless containers, browsers) they hold only within it; there the uid is not the machine's.
  return { rule: 'risk-extra-privilege', axis: 'exposure', points: 20, values: { what: strongCapabilities.slice(0, 4).join(', ') } };
};

/** R23 */
const couldLeaveContainer: RiskRule = ({ process, context }) => {
  if (process.container === null && process.pod === null) return null;
  const { evidence } = process;
  const open = [
    ...(evidence?.hostNamespaces ?? []).map((namespace) => (namespace === 'pid' ? 'host PIDs' : 'host network')),
    ...(evidence?.engineSocketMounted === true ? ['engine socket'] : []),
    ...(context.container?.privileged === true ? ['privileged'] : []),
  ];
  if (open.length === 0) return null;
  return { rule: 'risk-container-escape', axis: 'exposure', points: 35, values: { what: open.join(', ') } };
};

/** R24 */
const showsSecret: RiskRule = ({ process }) => {
  const option = secretOnCommandLine(process.command);
  return option === null ? null : { rule: 'risk-secret-argument', axis: 'exposure', points: 25, values: { option } };
};

export const privilege: RiskFamily = {
  name: 'privilege',
  rules: [rootRunsChangeableFile, isUnknownRoot, hasExtraPrivilege, couldLeaveContainer, showsSecret],
};
