import { describe, expect, it } from 'vitest';
import { routeOf } from '../../../../src-main/traffic/aggregate/route';

const routes: readonly (readonly [path: string, route: string])[] = [
  ['/', '/'],
  ['/api/v1/users/17/avatar', '/api/v1/users/:id/avatar'],
  ['/orders/3fa85f64-5717-4562-b3fc-2c963f66afa6', '/orders/:uuid'],
  ['/o/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/o/:uuid'],
  ['/commit/9f3c2b1a77', '/commit/:hash'],
  ['/reports/2025-10-10/day', '/reports/:date/day'],
  ['/archive/20251010', '/archive/:date'],
  ['/archive/20259910', '/archive/:id'],
  ['/static/app.9f3c2b1a.js', '/static/app.:hash.js'],
  ['/verify/dGhpc0lzQVRva2VuMTIzNDU2Nzg5MA==', '/verify/:token'],
  ['/user-1234/x', '/user-:id/x'],
  ['/blog/how-to-write-a-very-long-title-in-kebab-case', '/blog/how-to-write-a-very-long-title-in-kebab-case'],
  ['/facade/decade/added', '/facade/decade/added'],
  ['/oauth2/authorize', '/oauth2/authorize'],
  ['/검색/한글경로', '/검색/한글경로'],
];

describe('routeOf', () => {
  for (const [path, route] of routes) it(path, () => expect(routeOf(path)).toBe(route));

  it('cuts what is endless', () => {
    expect(routeOf('/a'.repeat(5_000)).length).toBeLessThan(60);
    expect(routeOf(`/${'z'.repeat(50_000)}`).length).toBeLessThan(130);
  });
});
