import { join } from 'node:path';

/**
 * Where LogScope keeps settings, history and its own log, by the custom of each platform. LOGSCOPE_DATA_DIRECTORY wins.
 */
export function defaultDataDirectory(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (env.LOGSCOPE_DATA_DIRECTORY) return env.LOGSCOPE_DATA_DIRECTORY;
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'LogScope');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'LogScope');
  return join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'logscope');
}
