import { expect, test } from 'vitest';
import { parseCgroupOwner } from '../../../../../src-main/collectors/processes/parse-cgroup';

const id = '0123456789abcdef'.repeat(4);
const inner = 'f'.repeat(64);
const podUid = '3f1b2c4d-1111-2222-3333-444455556666';

test.each<[string, string, { container?: string; pod?: string; unit?: string }]>([
  ['docker, cgroup v1', `9:name=systemd:/docker/${id}\n4:memory:/docker/${id}\n0::/\n`, { container: id }],
  ['docker, systemd driver', `0::/system.slice/docker-${id}.scope\n`, { container: id }],
  [
    'rootless docker',
    `0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${id}.scope`,
    { container: id, unit: 'user@1000.service' },
  ],
  ['podman', `0::/machine.slice/libpod-${id}.scope/container`, { container: id }],
  ['podman, split', `0::/user.slice/app.service/libpod-payload-${id}`, { container: id, unit: 'app.service' }],
  ['the watcher beside a podman container', `0::/machine.slice/libpod-conmon-${id}.scope`, {}],
  [
    'containerd pod',
    `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${podUid.replaceAll('-', '_')}.slice/cri-containerd-${id}.scope`,
    { container: id, pod: podUid },
  ],
  ['cgroupfs pod', `0::/kubepods/besteffort/pod${podUid}/${id}`, { container: id, pod: podUid }],
  ['cri-o pod', `0::/kubepods.slice/kubepods-pod${podUid.replaceAll('-', '_')}.slice/crio-${id}.scope`, { container: id, pod: podUid }],
  ['static pod', `0::/kubepods/burstable/pod${'ab12'.repeat(8)}/${id}`, { container: id, pod: 'ab12'.repeat(8) }],
  [
    'systemd in a container',
    `1:name=systemd:/docker/${id}/system.slice/nginx.service\n2:cpuacct:/docker/${id}\n`,
    { container: id, unit: 'nginx.service' },
  ],
  ['docker in docker: the outermost', `0::/docker/${id}/docker/${inner}`, { container: id }],
  ['a service', '0::/system.slice/ssh.service\n', { unit: 'ssh.service' }],
  [
    'a service with an instance and delegation',
    '0::/system.slice/system-getty.slice/getty@tty1.service/sub',
    { unit: 'getty@tty1.service' },
  ],
  ['a user service', '0::/user.slice/user-1000.slice/user@1000.service/app.slice/editor.service', { unit: 'editor.service' }],
  ['a session', '0::/user.slice/user-1000.slice/session-3.scope', { unit: 'session-3.scope' }],
  ['hybrid: systemd hierarchy first', '9:name=systemd:/system.slice/a.service\n0::/\n', { unit: 'a.service' }],
  ['nothing in particular', '9:name=systemd:/\n4:memory:/some/63hex\n0::/\n', {}],
  ['63 digits are no id', `0::/docker/${id.slice(1)}`, {}],
  ['no text', '', {}],
])('%s', (_, text, owner) => {
  expect(parseCgroupOwner(text)).toEqual({ container: null, pod: null, unit: null, ...owner });
});
