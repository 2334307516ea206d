import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { CoreOptions } from '../app/core';
import { defaultDataDirectory } from '../platform/paths';
import { systemRoots } from '../platform/roots';
import type { GlobalFlags } from './deps';

/** The language that "system" stands for, by the order POSIX gives the variables. */
export function systemLanguage(environment: NodeJS.ProcessEnv): 'en' | 'ko' {
  const wanted = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return wanted.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

export function dataDirectoryOf(flags: GlobalFlags, environment: NodeJS.ProcessEnv): string {
  return resolve(flags.dataDirectory ?? defaultDataDirectory(process.platform, environment, homedir()));
}

export function coreOptionsFor(
  command: { readonly door: 'web' | 'cli'; readonly store: boolean; readonly version: string },
  flags: GlobalFlags,
  environment: NodeJS.ProcessEnv,
): CoreOptions {
  return {
    door: command.door,
    version: command.version,
    dataDirectory: dataDirectoryOf(flags, environment),
    audience: 'headless',
    roots: systemRoots,
    nodeName: null,
    engineEndpoint: flags.engine ?? null,
    store: command.store,
    selfPid: process.pid,
    electronVersion: null,
    chromeVersion: null,
    systemLanguage: systemLanguage(environment),
  };
}
