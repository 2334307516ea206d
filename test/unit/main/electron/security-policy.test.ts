import { expect, test } from 'vitest';
import { isOwnExport, linkForBrowser } from '../../../../src-main/electron/security-policy';

test.each([
  ['http://localhost:8080', 'http://localhost:8080/'],
  ['https://localhost:8443/login?next=%2F', 'https://localhost:8443/login?next=%2F'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/'],
  ['http://127.8.9.10:3000', 'http://127.8.9.10:3000/'],
  ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
  // The parser writes other spellings of the same address in one way.
  ['http://2130706433:80/', 'http://127.0.0.1/'],
])('%s may go to the browser', (link, address) => {
  expect(linkForBrowser(link)).toEqual({ address, here: true });
});

test.each([
  ['https://example.org/', 'https://example.org/'],
  ['http://localhost.example.org/', 'http://localhost.example.org/'],
  ['http://127.0.0.1.example.org/', 'http://127.0.0.1.example.org/'],
  ['http://0.0.0.0:8080/', 'http://0.0.0.0:8080/'],
  ['http://192.168.0.10:8080/', 'http://192.168.0.10:8080/'],
  // What looks like Latin letters is shown as what it is.
  ['https://\u0430pple.com/', 'https://xn--pple-43d.com/'],
])('%s may go there after a question', (link, address) => {
  expect(linkForBrowser(link)).toEqual({ address, here: false });
});

test.each([
  'http://user:secret@localhost:8080/',
  'http://localhost@example.org/',
  `https://example.org/${'a'.repeat(500)}`,
  'file:///etc/passwd',
  'javascript:alert(1)',
  'app://bundle/index.html',
  'ftp://localhost/',
  'vscode://localhost/x',
  'localhost:8080',
  '',
])('%j stays closed', (link) => {
  expect(linkForBrowser(link)).toBeNull();
});

test.each([
  ['blob:app://bundle/5f0e0c3a-6c1d-4f5e-9a55-0f4f3d2b1a00', 'text/csv', true],
  ['blob:app://bundle/5f0e0c3a-6c1d-4f5e-9a55-0f4f3d2b1a00', 'application/json', true],
  ['blob:app://bundle/5f0e0c3a-6c1d-4f5e-9a55-0f4f3d2b1a00', 'text/html', true],
  ['blob:app://bundle/5f0e0c3a-6c1d-4f5e-9a55-0f4f3d2b1a00', 'text/markdown', true],
  ['blob:app://bundle/5f0e0c3a-6c1d-4f5e-9a55-0f4f3d2b1a00', 'text/plain', true],
  ['blob:app://bundle/5f0e0c3a-6c1d-4f5e-9a55-0f4f3d2b1a00', 'text/javascript', false],
  ['blob:app://bundle/5f0e0c3a-6c1d-4f5e-9a55-0f4f3d2b1a00', 'application/octet-stream', false],
  ['blob:app://bundle.evil.example/5f0e0c3a', 'text/csv', false],
  ['blob:https://example.org/5f0e0c3a', 'text/csv', false],
  ['data:text/csv,a', 'text/csv', false],
  ['https://example.org/a.csv', 'text/csv', false],
  ['app://bundle/index.html', 'text/csv', false],
])('what may be saved as a file: %s as %s', (address, mediaType, expected) => {
  expect(isOwnExport(address, mediaType)).toBe(expected);
});
