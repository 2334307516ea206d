import { fileURLToPath } from 'node:url';

/** The folder of package.json, with the separator at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
