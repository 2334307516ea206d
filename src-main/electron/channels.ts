/** The three IPC channels between the window and main. Nothing else is listened to. */
export const channels = {
  /** Window to main, answered: (name, input) -> Reply. */
  request: 'logscope:request',
  /** Main to window: a batch of events. */
  events: 'logscope:events',
  /** Window to main: ready for the (next) batch. */
  delivered: 'logscope:delivered',
} as const;
