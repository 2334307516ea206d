import { describe, expect, test } from 'vitest';
import { isRemoteFileSystem, type MountEntry, parseMountInfo, selectMounts } from '../../../../../src-main/collectors/host/parse-mounts';

test('fields of mountinfo, with and without optional ones, paths unescaped', () => {
  const text = [
    '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard',
    '90 27 8:17 / /media/My\\040Disk\\134x ro,nosuid shared:3 master:1 - vfat /dev/sdb1 rw',
    '91 27 0:50 / /mnt/nas rw - nfs4 nas:/share\\040one rw,vers=4.2',
    'not a mount',
    '',
  ].join('\n');
  expect(parseMountInfo(text)).toEqual([
    { path: '/', device: '/dev/vda', fileSystem: 'ext4', readOnly: false, deviceNumber: '254:0' },
    { path: '/media/My Disk\\x', device: '/dev/sdb1', fileSystem: 'vfat', readOnly: true, deviceNumber: '8:17' },
    { path: '/mnt/nas', device: 'nas:/share one', fileSystem: 'nfs4', readOnly: false, deviceNumber: '0:50' },
  ]);
});

function mount(path: string, fileSystem: string, device: string, deviceNumber = device): MountEntry {
  return { path, fileSystem, device, deviceNumber, readOnly: false };
}
const paths = (mounts: readonly MountEntry[]) => selectMounts(mounts).map(({ path }) => path);

describe('selectMounts', () => {
  test('real storage only', () => {
    expect(
      paths([
        mount('/proc', 'proc', 'proc', '0:1'),
        mount('/', 'ext4', '/dev/sda2', '8:2'),
        mount('/boot/efi', 'vfat', '/dev/sda1', '8:1'),
        mount('/run', 'tmpfs', 'tmpfs', '0:2'),
        mount('/snap/core/1', 'squashfs', '/dev/loop0', '7:0'),
        mount('/var/lib/docker/overlay2/x/merged', 'overlay', 'overlay', '0:3'),
        mount('/var/lib/kubelet/pods/x/volumes/y', 'ext4', '/dev/sdc', '8:32'),
        mount('/mnt/nas', 'nfs4', 'nas:/share', '0:50'),
        mount('/tank', 'zfs', 'tank', '0:51'),
        mount('/tank/home', 'zfs', 'tank/home', '0:52'),
        mount('/run/media/ann/stick', 'exfat', '/dev/sdd1', '8:49'),
      ]),
    ).toEqual(['/', '/boot/efi', '/mnt/nas', '/run/media/ann/stick', '/tank', '/tank/home']);
  });

  test('a file system once, at its shortest path, whatever the order', () => {
    const bound = [mount('/srv/very/deep', 'ext4', '/dev/sda2', '8:2'), mount('/', 'ext4', '/dev/sda2', '8:2')];
    expect(paths(bound)).toEqual(['/']);
    expect(paths([...bound].reverse())).toEqual(['/']);
  });

  test('subvolumes of one btrfs device are one', () => {
    expect(paths([mount('/', 'btrfs', '/dev/nvme0n1p2', '0:30'), mount('/home', 'btrfs', '/dev/nvme0n1p2', '0:31')])).toEqual(['/']);
  });

  test('inside a container the root stays and the files bound into it go', () => {
    expect(
      paths([
        mount('/', 'overlay', 'overlay', '0:60'),
        mount('/etc/hosts', 'ext4', '/dev/sda2', '8:2'),
        mount('/etc/resolv.conf', 'ext4', '/dev/sda2', '8:2'),
        mount('/data', 'ext4', '/dev/sda2', '8:2'),
      ]),
    ).toEqual(['/', '/data']);
  });

  test('a mount over another on the same path replaces it', () => {
    expect(selectMounts([mount('/mnt', 'ext4', '/dev/sdb', '8:16'), mount('/mnt', 'xfs', '/dev/sdc', '8:32')])).toEqual([
      mount('/mnt', 'xfs', '/dev/sdc', '8:32'),
    ]);
  });
});

test('which file systems may hang', () => {
  const names = ['nfs4', 'cifs', 'fuse.sshfs', '9p', 'ext4', 'btrfs', 'fuseblk', 'zfs'];
  expect(names.filter(isRemoteFileSystem)).toEqual(['nfs4', 'cifs', 'fuse.sshfs', '9p']);
});
