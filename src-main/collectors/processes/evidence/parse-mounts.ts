export interface Mount {
  readonly mountPoint: string;
  /** What of its file system is mounted there. */
  readonly root: string;
  readonly type: string;
  readonly readOnly: boolean;
}

/** Mounts of one mount namespace, from /proc/PID/mountinfo (proc_pid_mountinfo(5)); lines that are not mounts are skipped. */
export function parseMounts(text: string): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const separator = line.indexOf(' - ');
    if (separator < 0) continue;
    const [, , , root, mountPoint, options] = line.slice(0, separator).split(' ');
    const [type, , superOptions] = line.slice(separator + 3).split(' ');
    if (root === undefined || mountPoint === undefined || type === undefined || type === '') continue;
    const readOnly = isReadOnly(options) || isReadOnly(superOptions);
    mounts.push({ mountPoint: unescapePath(mountPoint), root: unescapePath(root), type, readOnly });
  }
  return mounts;
}

function isReadOnly(options: string | undefined): boolean {
  return (options ?? '').split(',').includes('ro');
}

/** Blank, tab, line break and backslash are written in octal. */
function unescapePath(path: string): string {
  return path.includes('\\') ? path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))) : path;
}

/** The mount a path stands on: the deepest, and of several at one place the last. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | null {
  let best: Mount | null = null;
  for (const mount of mounts) {
    const { mountPoint } = mount;
    const above = mountPoint === '/' || path === mountPoint || (path.startsWith(mountPoint) && path[mountPoint.length] === '/');
    if (above && (best === null || mountPoint.length >= best.mountPoint.length)) best = mount;
  }
  return best;
}

/** File systems whose server may not answer: asking for a file on one can hold a thread for minutes. */
const remoteTypes = /^(?:nfs[34]?|cifs|smb3|smbfs|ncpfs|ceph|afs|lustre|gpfs|glusterfs|gfs2|ocfs2|davfs|autofs)$/;
const remoteFuse =
  /^fuse\.(?:sshfs|rclone|s3fs|gcsfuse|goofys|glusterfs|ceph-fuse|ceph|davfs2?|curlftpfs|smbnetfs|juicefs|mfs|blobfuse2?)$/;

export function isRemote(mount: Mount | null): boolean {
  return mount !== null && (remoteTypes.test(mount.type) || remoteFuse.test(mount.type));
}

/** Sockets by which a container engine is told what to do. */
export const engineSocketNames = ['docker.sock', 'podman/podman.sock', 'containerd/containerd.sock', 'crio/crio.sock'] as const;
const baseNames = new Set(engineSocketNames.map((name) => name.slice(name.indexOf('/') + 1)));

/** A mount that is itself the socket of an engine. */
export function isEngineSocketMount({ root, mountPoint }: Mount): boolean {
  return [root, mountPoint].some((path) => baseNames.has(path.slice(path.lastIndexOf('/') + 1)));
}
