import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDockerModem, withoutWaste } from '../../scripts/parts/quiet-docker-modem.mjs';

/**
 * Set-up of the integration tests: the driver as the build ships it, see scripts/parts/quiet-docker-modem.mjs. Its own way
 * to describe a request goes through the agent with every open socket: 300 containers took two minutes of processor time.
 */
const { extensions } = createRequire(import.meta.url);
const load = extensions['.js'];
extensions['.js'] = (module, filename) => {
  if (isDockerModem(filename)) (module as CompilingModule)._compile(withoutWaste(readFileSync(filename, 'utf8')), filename);
  else load(module, filename);
};

interface CompilingModule extends NodeJS.Module {
  _compile(code: string, filename: string): void;
}
