import { setFlagsFromString } from 'node:v8';

/**
 * Imported first. Loading the app makes V8 double the semi-spaces of every thread up to 16 MB and keep them for half a minute;
 * the flag is read whenever it would grow them, so that it counts from here on.
 */
setFlagsFromString('--semi-space-growth-factor=1');
