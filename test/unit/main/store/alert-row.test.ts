import { expect, test } from 'vitest';
import { parseAlertBody } from '../../../../src-main/store/alert-row';
import { exitedAlert } from '../../../helpers/store-samples';

test('an alert survives the way through its stored text', () => {
  const alert = exitedAlert('api', 10, { clearedAtMs: 20 });
  expect(parseAlertBody(JSON.stringify(alert))).toEqual(alert);
});

test.each([
  'not json',
  '{}',
  'null',
  JSON.stringify({ ...exitedAlert('api', 10), level: 'catastrophic' }),
  JSON.stringify({ ...exitedAlert('api', 10), source: 'pigeons' }),
])('what is no alert of this version is none: %s', (body) => {
  expect(parseAlertBody(body)).toBeNull();
});
