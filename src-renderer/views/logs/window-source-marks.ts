import { createSourceMarks } from './source-marks';

/** The marks of this window: the same in the console, the list of sources and the patterns. */
export const windowSourceMarks = createSourceMarks();
