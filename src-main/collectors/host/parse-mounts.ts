/** One line of mountinfo that may be worth showing. */
export interface MountEntry {
  readonly path: string;
  readonly device: string;
  readonly fileSystem: string;
  readonly readOnly: boolean;
  /** "major:minor" of the file system. */
  readonly deviceNumber: string;
}

/** Parses /proc/self/mountinfo (proc_pid_mountinfo(5)), every mount in it. Lines that are not that are skipped. */
export function parseMountInfo(text: string): readonly MountEntry[] {
  const mounts: MountEntry[] = [];
  for (const line of text.split('\n')) {
    const separator = line.indexOf(' - ');
    const [, , deviceNumber, , path, options] = line.slice(0, Math.max(separator, 0)).split(' ');
    const [fileSystem, device, superOptions] = line.slice(separator + 3).split(' ');
    if (deviceNumber === undefined || path === undefined || options === undefined || fileSystem === undefined || device === undefined)
      continue;
    const isReadOnly = (list: string) => list.split(',').includes('ro');
    mounts.push({
      path: unescapePath(path),
      device: unescapePath(device),
      fileSystem,
      readOnly: isReadOnly(options) || isReadOnly(superOptions ?? ''),
      deviceNumber,
    });
  }
  return mounts;
}

/** The kernel writes blank, tab, newline and backslash as three octal digits. */
function unescapePath(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** Not storage that can fill up: kernel interfaces, memory, layers of containers, read-only images and discs. */
const noStorage = new Set(
  (
    'proc sysfs tmpfs devtmpfs devpts ramfs rootfs overlay aufs squashfs erofs cramfs iso9660 udf autofs mqueue hugetlbfs ' +
    'cgroup cgroup2 debugfs tracefs securityfs selinuxfs pstore bpf configfs fusectl binfmt_misc rpc_pipefs nsfs efivarfs nfsd ' +
    'fuse.portal fuse.gvfsd-fuse fuse.lxcfs fuse.snapfuse fuse.fuse-overlayfs fuse.squashfuse fuse.AppImage'
  ).split(' '),
);

/** Where engines mount what containers and snaps see, and the single files they bind into a container. */
const engineFolders =
  /^\/(?:var\/lib\/(?:docker|containers|containerd|kubelet|lxd|lxc|snapd)|run\/(?:docker|containerd|netns|user|secrets)|snap)\//;
const engineFiles = new Set(['/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/run/.containerenv']);

/**
 * The mounts a person means by "my disks": real storage, each file system once (bind mounts and subvolumes share its
 * figures) at its shortest path. The root is shown whatever it is: inside a container it is all there is.
 */
export function selectMounts(mounts: readonly MountEntry[]): readonly MountEntry[] {
  // A later mount on the same path covers the one before.
  const byPath = new Map(mounts.map((mount) => [mount.path, mount]));
  const byFileSystem = new Map<string, MountEntry>();
  for (const mount of byPath.values()) {
    const isRoot = mount.path === '/';
    if (!isRoot && (noStorage.has(mount.fileSystem) || engineFolders.test(mount.path) || engineFiles.has(mount.path))) continue;
    // btrfs gives each subvolume its own number and the same device; network mounts of one share have the same number.
    const key = mount.device.startsWith('/dev/') ? mount.device : mount.deviceNumber;
    const known = byFileSystem.get(key);
    if (known === undefined || mount.path.length < known.path.length) byFileSystem.set(key, mount);
  }
  return [...byFileSystem.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Answers may take for ever when the other side is gone: these are never waited for. */
export function isRemoteFileSystem(fileSystem: string): boolean {
  return /^(?:nfs|nfs4|cifs|smb3|smbfs|9p|ceph|glusterfs|afs|ncpfs|lustre|beegfs|davfs|virtiofs|fuse|fuse\..*)$/.test(fileSystem);
}
