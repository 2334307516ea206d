import { describe, expect, test } from 'vitest';
import { isEngineSocketMount, isRemote, mountOf, parseMounts } from '../../../../../../src-main/collectors/processes/evidence/parse-mounts';

const text = [
  '22 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard',
  '23 22 0:21 / /proc rw,nosuid shared:5 - proc proc rw',
  '30 22 0:40 / /home rw - nfs4 server:/home rw,vers=4.2',
  '31 30 7:1 / /home/snap ro,nodev - squashfs /dev/loop1 ro',
  '32 22 0:50 / /tmp/.mount_Ab\\040c ro,nosuid - fuse.Ab.AppImage Ab.AppImage ro',
  '33 22 0:24 /docker.sock /var/run/docker.sock rw - tmpfs tmpfs rw',
  'nonsense',
  '40 22 0:1 / /half',
].join('\n');
const mounts = parseMounts(text);

describe('parseMounts', () => {
  test('point, root, type and whether it is read-only; what is no mount is skipped', () => {
    expect(mounts).toHaveLength(6);
    expect(mounts[4]).toEqual({ mountPoint: '/tmp/.mount_Ab c', root: '/', type: 'fuse.Ab.AppImage', readOnly: true });
    expect(mounts[0]).toMatchObject({ type: 'ext4', readOnly: false });
  });

  test.each([
    ['/usr/bin/x', 'ext4'],
    ['/home/a/x', 'nfs4'],
    ['/homes/x', 'ext4'],
    ['/home/snap/x', 'squashfs'],
    ['/home', 'nfs4'],
    ['/tmp/.mount_Ab c/AppRun', 'fuse.Ab.AppImage'],
  ])('%s stands on %s', (path, type) => {
    expect(mountOf(mounts, path)?.type).toBe(type);
  });

  test('of two at one place the last', () => {
    const stacked = parseMounts('1 0 0:1 / / rw - ext4 a rw\n2 1 0:2 / /x rw - ext4 a rw\n3 2 0:3 / /x rw - tmpfs t rw');
    expect(mountOf(stacked, '/x/y')?.type).toBe('tmpfs');
  });
});

test.each([
  ['nfs4', true],
  ['cifs', true],
  ['fuse.sshfs', true],
  ['fuse.Ab.AppImage', false],
  ['ext4', false],
  ['overlay', false],
])('a file on %s may hang: %s', (type, remote) => {
  expect(isRemote({ mountPoint: '/', root: '/', type, readOnly: false })).toBe(remote);
});

test('the socket of an engine that is mounted, under any name', () => {
  const mount = (root: string, mountPoint: string) => ({ root, mountPoint, type: 'tmpfs', readOnly: false });
  expect(isEngineSocketMount(mount('/docker.sock', '/engine'))).toBe(true);
  expect(isEngineSocketMount(mount('/x', '/run/podman/podman.sock'))).toBe(true);
  expect(isEngineSocketMount(mount('/notdocker.sock', '/run/other.sock'))).toBe(false);
});
