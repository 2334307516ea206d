import type { CoreOptions } from '../../src-main/app/core';
import { systemRoots } from '../../src-main/platform/roots';

/** A core on this machine that keeps nothing and asks no engine but the one given. */
export function testCoreOptions(dataDirectory: string, changes: Partial<CoreOptions> = {}): CoreOptions {
  return {
    door: 'cli',
    version: '0.0.0-test',
    dataDirectory,
    audience: 'headless',
    roots: systemRoots,
    nodeName: 'contract-node',
    engineEndpoint: 'unix:///nonexistent/logscope-test.sock',
    store: false,
    selfPid: process.pid,
    electronVersion: null,
    chromeVersion: null,
    systemLanguage: 'en',
    ...changes,
  };
}
