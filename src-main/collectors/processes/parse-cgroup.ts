/** To whom a process belongs, as its control group says. */
export interface CgroupOwner {
  /** Full container id, 64 hexadecimal digits. */
  readonly container: string | null;
  /** Pod uid with hyphens, as the cluster writes it. */
  readonly pod: string | null;
  /** Unit name as systemd writes it. */
  readonly unit: string | null;
}

export const noCgroupOwner: CgroupOwner = { container: null, pod: null, unit: null };

/** `<id>` (cgroupfs driver), `docker-<id>.scope`, `cri-containerd-<id>.scope`, `crio-<id>`, `libpod-<id>.scope`, `libpod-payload-<id>`. */
const containerPattern = /^(?:([a-z][a-z-]*)-)?([0-9a-f]{64})(?:\.scope)?$/;
/** `pod<uid>` under kubepods, or `kubepods-burstable-pod<uid with underscores>.slice`; static pods have 32 digits without hyphens. */
const podPattern = /^(?:kubepods.*-)?pod([0-9a-f]{8}(?:[-_]?[0-9a-f]{4}){3}[-_]?[0-9a-f]{12})(?:\.slice)?$/;
const unitPattern = /^[^/]+\.(?:service|scope|socket|mount|swap)$/;

/**
 * Reads the owner from the text of /proc/PID/cgroup. On cgroup v1 the line differs by controller (cpuacct stays at the
 * container), so systemd's own hierarchy is asked first, then the unified one, and the rest only for a container id.
 * The outermost container wins, the innermost unit: a process of a systemd inside a container has both.
 */
export function parseCgroupOwner(text: string): CgroupOwner {
  let systemd: string | null = null;
  let unified: string | null = null;
  const others: string[] = [];
  for (const line of text.split('\n')) {
    const first = line.indexOf(':');
    const second = line.indexOf(':', first + 1);
    if (first < 0 || second < 0) continue;
    const controllers = line.slice(first + 1, second);
    const path = line.slice(second + 1);
    if (controllers === 'name=systemd') systemd = path;
    else if (controllers === '') unified = path;
    else others.push(path);
  }
  const paths = [systemd, unified, ...others].filter((path) => path !== null && path !== '/');
  let container: string | null = null;
  let pod: string | null = null;
  for (const path of paths) {
    const found = ownerInPath(path ?? '');
    container ??= found.container;
    pod ??= found.pod;
    if (container !== null) break;
  }
  return { container, pod, unit: unitInPath(systemd) ?? unitInPath(unified) };
}

function ownerInPath(path: string): { container: string | null; pod: string | null } {
  let pod: string | null = null;
  for (const segment of path.split('/')) {
    const podMatch = podPattern.exec(segment);
    if (podMatch?.[1] !== undefined) pod ??= podMatch[1].replaceAll('_', '-');
    const match = containerPattern.exec(segment);
    // conmon watches a container from outside and is not part of it.
    if (match?.[2] !== undefined && !match[1]?.endsWith('conmon')) return { container: match[2], pod };
  }
  return { container: null, pod };
}

function unitInPath(path: string | null): string | null {
  if (path === null) return null;
  for (const segment of path.split('/').reverse()) {
    if (unitPattern.test(segment) && !containerPattern.test(segment)) return segment;
  }
  return null;
}
