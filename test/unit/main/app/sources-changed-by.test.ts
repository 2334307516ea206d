import { expect, it } from 'vitest';
import { sourcesChangedBy } from '../../../../src-main/app/sources-changed-by';

it('names each source once that must be read again after a change', () => {
  expect(sourcesChangedBy({ theme: 'dark' })).toEqual([]);
  expect(sourcesChangedBy({ kubernetes: { namespace: 'shop' } })).toEqual(['pods']);
  expect(sourcesChangedBy({ services: { watch: [] }, portChecks: [], engineEndpoint: '' })).toEqual(['services', 'containers']);
});
