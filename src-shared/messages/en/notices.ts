/** What LogScope says about itself. */
export const noticesEn = {
  'notice.settings-set-aside': 'The settings file could not be read and was kept as {{file}}; defaults are in use.',
  'notice.store-unavailable': 'History cannot be kept: {{detail}}',
} as const;
