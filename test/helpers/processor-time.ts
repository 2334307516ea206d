/**
 * What synchronous work took of the processor, in milliseconds: others use this machine too, and their turns are no time of ours. Counts
 * all threads of this process, so with nothing else in it rather more than the clock tells.
 */
export function processorMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
