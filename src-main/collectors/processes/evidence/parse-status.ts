/** What is of use in /proc/PID/status (proc_pid_status(5)). */
export interface StatusFacts {
  readonly realUid: number | null;
  readonly effectiveUid: number | null;
  /** Null: nobody traces it. */
  readonly tracerPid: number | null;
  readonly strongCapabilities: readonly string[] | null;
}

export function parseStatus(text: string): StatusFacts {
  const uids = /^Uid:\s+(\d+)\s+(\d+)/m.exec(text);
  const tracer = Number(/^TracerPid:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  const effective = /^CapEff:\s+([0-9a-f]{1,16})$/m.exec(text)?.[1];
  return {
    realUid: uids === null ? null : Number(uids[1]),
    effectiveUid: uids === null ? null : Number(uids[2]),
    tracerPid: tracer > 0 ? tracer : null,
    strongCapabilities: effective === undefined ? null : strongCapabilities(effective),
  };
}

/**
 * Those with which a program can become root, read or change what belongs to others, or read other people's traffic
 * (bit numbers of include/uapi/linux/capability.h).
 */
const strong: readonly (readonly [bit: number, name: string])[] = [
  [0, 'cap_chown'],
  [1, 'cap_dac_override'],
  [2, 'cap_dac_read_search'],
  [3, 'cap_fowner'],
  [6, 'cap_setgid'],
  [7, 'cap_setuid'],
  [8, 'cap_setpcap'],
  [12, 'cap_net_admin'],
  [13, 'cap_net_raw'],
  [16, 'cap_sys_module'],
  [17, 'cap_sys_rawio'],
  [19, 'cap_sys_ptrace'],
  [21, 'cap_sys_admin'],
  [31, 'cap_setfcap'],
  [32, 'cap_mac_override'],
  [33, 'cap_mac_admin'],
  [38, 'cap_perfmon'],
  [39, 'cap_bpf'],
];

/** A machine has a handful of different sets: each is one list. */
const known = new Map<string, readonly string[]>();

function strongCapabilities(hex: string): readonly string[] {
  let names = known.get(hex);
  if (names === undefined) {
    const bits = BigInt(`0x${hex}`);
    names = strong.filter(([bit]) => (bits >> BigInt(bit)) & 1n).map(([, name]) => name);
    if (known.size > 1_000) known.clear();
    known.set(hex, names);
  }
  return names;
}
