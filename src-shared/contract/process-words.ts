/** Words of the contract that the store reads back: without the schemas, which bring the texts of every language along. */

export const stopSignals = ['SIGTERM', 'SIGKILL', 'SIGSTOP', 'SIGCONT'] as const;
export type StopSignal = (typeof stopSignals)[number];

export const policyVerdicts = ['expected', 'watch', 'end', 'never-end'] as const;
export type PolicyVerdict = (typeof policyVerdicts)[number];
