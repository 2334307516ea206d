import { describe, expect, it } from 'vitest';
import { proxyOf } from '../../../../src-main/platform/kubernetes-proxy';

describe('proxyOf', () => {
  it('takes the one of the scheme, in either spelling', () => {
    expect(proxyOf('https://dev.test:6443', { HTTPS_PROXY: 'proxy:3128', HTTP_PROXY: 'other' })).toBe('http://proxy:3128');
    expect(proxyOf('https://dev.test:6443', { https_proxy: 'socks5://proxy' })).toBe('socks5://proxy');
    expect(proxyOf('http://dev.test', { HTTP_PROXY: 'http://proxy' })).toBe('http://proxy');
    expect(proxyOf('https://dev.test', { HTTP_PROXY: 'http://proxy' })).toBeNull();
    expect(proxyOf('https://dev.test', { HTTPS_PROXY: '' })).toBeNull();
  });

  it.each(['https://localhost:6443', 'https://127.0.0.1:6443', 'https://127.5.0.1', 'https://[::1]:6443'])('never for %s', (server) => {
    expect(proxyOf(server, { HTTPS_PROXY: 'http://proxy' })).toBeNull();
  });

  it.each([
    ['*', true],
    ['dev.test', true],
    ['test', true],
    ['.test', true],
    ['*.test', true],
    ['api.dev.test', true],
    ['.api.dev.test', false],
    ['est', false],
    ['dev.test:6443', true],
    ['dev.test:443', false],
    ['a,  DEV.TEST ,b', true],
    ['', false],
    ['10.0.0.0/8', false],
  ])('NO_PROXY=%s excepts api.dev.test:6443: %s', (NO_PROXY, excepted) => {
    expect(proxyOf('https://api.dev.test:6443', { HTTPS_PROXY: 'http://proxy', NO_PROXY }) === null).toBe(excepted);
  });

  it.each([
    ['10.0.0.0/8', true],
    ['10.1.2.3', true],
    ['10.2.0.0/16', false],
    ['10.0.0.0/33', false],
    ['fd00::/8', false],
  ])('NO_PROXY=%s excepts 10.1.2.3: %s', (no_proxy, excepted) => {
    expect(proxyOf('https://10.1.2.3:6443', { HTTPS_PROXY: 'http://proxy', no_proxy }) === null).toBe(excepted);
  });
});
