import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { CgroupReader } from '../../../../../src-main/collectors/containers/read-cgroup';
import { createFakeTime } from '../../../../helpers/fake-time';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

const id = '7079ca6c5e937bcf32ef093b6641f558dd9470c1f639eea29bc3b715e6348886';

/** A tree written as it was recorded; `write` changes files in place, as the kernel does. */
function machine(files: Readonly<Record<string, string>>) {
  const root = temporaryDirectory();
  const write = (change: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(change)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write(files);
  const time = createFakeTime();
  const roots = { proc: join(root, 'proc'), sys: join(root, 'sys'), etc: join(root, 'etc'), run: join(root, 'run') };
  const open = (networkMode = 'bridge', pid = 4242) => CgroupReader.open({ id, pid, networkMode }, roots, time);
  return { root, write, time, open };
}

const netDev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    1296      16    0    0    0     0          0         0     1296      16    0    0    0     0       0          0
  eth0: 1508446    1205    0    0    0     0          0         0    83402    1024    0    0    0     0       0          0
`;

/** Kernel 6.1, systemd cgroup driver (Debian 12, Fedora, Ubuntu 22.04 and later). */
const scope = `sys/fs/cgroup/system.slice/docker-${id}.scope`;
const unified = {
  'proc/4242/cgroup': `0::/system.slice/docker-${id}.scope\n`,
  'proc/4242/net/dev': netDev,
  [`${scope}/cpu.stat`]: `usage_usec 2500000
user_usec 1900000
system_usec 600000
core_sched.force_idle_usec 0
nr_periods 0
nr_throttled 0
throttled_usec 0
nr_bursts 0
burst_usec 0
`,
  [`${scope}/memory.current`]: '52428800\n',
  [`${scope}/memory.stat`]: `anon 20971520
file 29360128
kernel 2097152
kernel_stack 65536
pagetables 131072
shmem 0
file_mapped 4096
file_dirty 0
inactive_anon 20967424
active_anon 4096
inactive_file 10485760
active_file 18874368
unevictable 0
workingset_refault_file 12
`,
  [`${scope}/io.stat`]: `259:0 rbytes=1048576 wbytes=4096 rios=20 wios=1 dbytes=0 dios=0
253:0 rbytes=1024 wbytes=8192 rios=2 wios=2 dbytes=0 dios=0
`,
  [`${scope}/pids.current`]: '7\n',
};

it('reads a container in the unified tree (v2) as docker stats counts it', async () => {
  const { write, time, open } = machine(unified);
  const reader = open();
  expect(reader?.read()).toEqual({
    cpuCores: null,
    memoryUsedBytes: 52_428_800 - 10_485_760,
    networkReceivedBytes: 1_508_446,
    networkSentBytes: 83_402,
    blockReadBytes: 1_049_600,
    blockWrittenBytes: 12_288,
    processCount: 7,
  });
  await time.advance(2_000);
  write({ [`${scope}/cpu.stat`]: 'usage_usec 5500000\nuser_usec 4900000\nsystem_usec 600000\n' });
  expect(reader?.read()?.cpuCores).toBe(1.5);
  reader?.close();
});

it('does not measure processor time over less than half a second', async () => {
  const { write, time, open } = machine(unified);
  const reader = open();
  const cores = async (afterMs: number, usage: number) => {
    await time.advance(afterMs);
    write({ [`${scope}/cpu.stat`]: `usage_usec ${usage}\n` });
    return reader?.read()?.cpuCores;
  };
  reader?.read();
  expect(await cores(1_000, 3_000_000)).toBe(0.5);
  expect(await cores(200, 3_200_000)).toBe(0.5);
  expect(await cores(800, 4_000_000)).toBe(1);
  reader?.close();
});

it('finds it with the cgroupfs driver, with rootless Podman, and below an init system inside', () => {
  const places = [
    [`/docker/${id}`, `/docker/${id}`],
    [
      `/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope/container`,
      `/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`,
    ],
    [`/system.slice/docker-${id}.scope/init.scope`, `/system.slice/docker-${id}.scope`],
    [
      `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-${id}.scope`,
      `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-${id}.scope`,
    ],
  ] as const;
  for (const [membership, folder] of places) {
    const { open } = machine({
      'proc/4242/cgroup': `0::${membership}\n`,
      [`sys/fs/cgroup${folder}/cpu.stat`]: 'usage_usec 1\n',
      [`sys/fs/cgroup${folder}/memory.current`]: '4096\n',
    });
    const reader = open();
    expect(reader?.read(), folder).toMatchObject({ memoryUsedBytes: 4096, processCount: null, networkReceivedBytes: null });
    reader?.close();
  }
});

it('reads a hybrid machine, whose controllers are v1 and whose unified tree has none', async () => {
  const { write, time, open } = machine({
    'proc/4242/cgroup': `12:pids:/docker/${id}\n9:memory:/docker/${id}\n4:cpu,cpuacct:/docker/${id}\n3:blkio:/docker/${id}\n1:name=systemd:/docker/${id}\n0::/docker/${id}\n`,
    [`sys/fs/cgroup/cpu,cpuacct/docker/${id}/cpuacct.usage`]: '1000000000\n',
    [`sys/fs/cgroup/memory/docker/${id}/memory.usage_in_bytes`]: '1000\n',
    [`sys/fs/cgroup/memory/docker/${id}/memory.stat`]: 'cache 500\ninactive_file 1\ntotal_inactive_file 300\n',
    [`sys/fs/cgroup/blkio/docker/${id}/blkio.throttle.io_service_bytes_recursive`]: '8:0 Read 10\n8:0 Write 20\n8:0 Total 30\nTotal 30\n',
    [`sys/fs/cgroup/pids/docker/${id}/pids.current`]: '2\n',
    [`sys/fs/cgroup/unified/docker/${id}/cpu.stat`]: 'usage_usec 0\n',
  });
  const reader = open('none');
  expect(reader?.read()).toEqual({
    cpuCores: null,
    memoryUsedBytes: 700,
    networkReceivedBytes: 0,
    networkSentBytes: 0,
    blockReadBytes: 10,
    blockWrittenBytes: 20,
    processCount: 2,
  });
  await time.advance(1_000);
  write({ [`sys/fs/cgroup/cpu,cpuacct/docker/${id}/cpuacct.usage`]: '1250000000\n' });
  expect(reader?.read()?.cpuCores).toBe(0.25);
  reader?.close();
});

it('leaves it to the engine when the process is not this container, or the tree is not ours to read', () => {
  const foreign = machine({ ...unified, 'proc/4242/cgroup': '0::/system.slice/nginx.service\n' });
  expect(foreign.open()).toBeNull();
  // Inside a container of its own LogScope sees the engine's processes under other paths.
  const relative = machine({ ...unified, 'proc/4242/cgroup': `0::/../docker-${id}.scope\n` });
  expect(relative.open()).toBeNull();
  expect(machine(unified).open('bridge', 99)).toBeNull();
  const { root, open } = machine(unified);
  rmSync(join(root, scope, 'memory.current'));
  expect(open()).toBeNull();
});

it('has no network figures in the network of the host or of another container', () => {
  for (const mode of ['host', `container:${id}`]) {
    const reader = machine(unified).open(mode);
    expect(reader?.read()).toMatchObject({ networkReceivedBytes: null, networkSentBytes: null });
    reader?.close();
  }
});

it('looks at a container that rests by two files, and whole again after five seconds or when it moves', async () => {
  const { write, time, open } = machine(unified);
  const reader = open();
  reader?.read();
  const looks: (readonly [number | null | undefined, number | null | undefined])[] = [];
  const look = async (change: Readonly<Record<string, string>> = {}) => {
    await time.advance(1_000);
    write(change);
    const figures = reader?.read();
    looks.push([figures?.cpuCores, figures?.processCount]);
  };
  await look({ [`${scope}/pids.current`]: '9\n' });
  await look();
  await look({ [`${scope}/cpu.stat`]: 'usage_usec 3000000\n' });
  await look({ [`${scope}/pids.current`]: '8\n' });
  await look({ [`${scope}/memory.current`]: '52432896\n' });
  await look({ [`${scope}/pids.current`]: '3\n' });
  for (let second = 0; second < 4; second += 1) await look();
  expect(looks).toEqual([
    [0, 7],
    [0, 7],
    [0.5, 9],
    [0, 9],
    [0, 8],
    [0, 8],
    [0, 8],
    [0, 8],
    [0, 8],
    [0, 3],
  ]);
  reader?.close();
});
