import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, vi } from 'vitest';

/**
 * Set-up of every file of the window's tests. They share a document, for it takes as long to make one and to load the window as to run
 * the tests: what one leaves behind goes here.
 */

// A machine that builds and tests at once draws the whole window slowly.
configure({ asyncUtilTimeout: 5_000 });

afterEach(cleanup);

afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  window.localStorage.clear();
  document.body.replaceChildren();
});
