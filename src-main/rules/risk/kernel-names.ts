/**
 * Names only kernel threads have. Short common words that are kernel threads too (md, loop0, nfsd, netns) count only in the
 * brackets `ps` draws around kernel threads: a program may well be called so.
 */
const certain =
  /^(?:kworker\/|kworker$|ksoftirqd\/|migration\/|cpuhp\/|idle_inject\/|irq\/\d+|rcu_(?:preempt|sched|bh|tasks\w*|gp|par_gp|exp\w*)|rcu[bco]\w*\/\d|kthreadd$|kthreadi$|kswapd\d|kcompactd\d|khugepaged$|kdevtmpfs$|kauditd$|khungtaskd$|oom_reaper$|kintegrityd$|kblockd$|kthrotld$|mm_percpu_wq$|jbd2\/|scsi_eh_\d|scsi_tmf_\d|ext4-rsv-conver|xfs[a-z-]+\/|kmpath|watchdog\/\d|kdmflush|kcryptd|inet_frag_wq$|writeback$|ata_sff$|pool_workqueue_release$)/;
const inBrackets =
  /^(?:md\d*|loop\d+|nfsd|lockd|netns|nvme\S*|zswap\S*|ksmd|bioset|crypto|devfreq_wq|edac-poller|ipv6_addrconf|tpm\S*|cfg80211|dm-\S+|k[a-z]+d(?:\/\d+)?|[a-z0-9_-]+\/u?\d+(?::\d+\S*)?)$/;

/** The kernel-style name a program shows: as its name, or in brackets as the first word of its command line. Null: none. */
export function kernelStyleName(name: string, command: string): string | null {
  if (certain.test(name)) return name;
  const first = /^\[([^\]]{1,64})\]/.exec(command)?.[1] ?? /^\[([^\]]{1,64})\]$/.exec(name)?.[1];
  if (first !== undefined && (certain.test(first) || inBrackets.test(first))) return `[${first}]`;
  return certain.test(command) ? (command.split(/[\s\0]/, 1)[0] ?? null) : null;
}
