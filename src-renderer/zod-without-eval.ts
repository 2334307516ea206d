import { z } from 'zod';

/**
 * Zod 4 tries `new Function` when the first schema is made, to know whether it may compile them. The policy of the page
 * forbids it and each start would report a violation. Imported before everything else.
 */
z.config({ jitless: true });
