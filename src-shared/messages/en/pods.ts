/** Pods of a cluster. */
export const podsEn = {
  'pods.none': 'No pod in this namespace.',
} as const;
