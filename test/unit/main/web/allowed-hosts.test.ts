import { describe, expect, it } from 'vitest';
import { allowedHosts, authorityOf, isLoopbackHost } from '../../../../src-main/web/allowed-hosts';

describe('isLoopbackHost', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', 'LOCALHOST', '::1', '[::1]'])('takes %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each([
    '127.evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '0.0.0.0',
    '::',
    '192.168.1.4',
    '',
    '127.1',
    '::ffff:127.0.0.1',
  ])('does not take %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('allowedHosts', () => {
  it('names the three loopback forms with the port', () => {
    expect([...allowedHosts('127.0.0.1', 8080, ['10.0.0.5'])]).toEqual(['127.0.0.1:8080', 'localhost:8080', '[::1]:8080']);
  });

  it('adds the given host, and the own addresses only when listening on all', () => {
    expect(allowedHosts('10.0.0.5', 8080, ['10.0.0.9']).has('10.0.0.5:8080')).toBe(true);
    expect(allowedHosts('10.0.0.5', 8080, ['10.0.0.9']).has('10.0.0.9:8080')).toBe(false);
    expect(allowedHosts('0.0.0.0', 8080, ['10.0.0.9', 'fd00::1']).has('[fd00::1]:8080')).toBe(true);
    expect(allowedHosts('0.0.0.0', 8080, ['10.0.0.9']).has('0.0.0.0:8080')).toBe(false);
  });

  it('leaves port 80 out, as browsers do', () => {
    expect(authorityOf('::1', 80)).toBe('[::1]');
    expect(authorityOf('Example.test', 80)).toBe('example.test');
  });
});
