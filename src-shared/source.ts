/** The sources LogScope reads. The order is the order in which they are listed everywhere. */
export const sourceIds = ['host', 'containers', 'pods', 'services', 'processes', 'logs'] as const;
export type SourceId = (typeof sourceIds)[number];
