import { describe, expect, it } from 'vitest';
import { keptLogsQuery } from '../../../src-renderer/views/detail/pod-kept-logs';

const pod = { namespace: 'shop', name: 'checkout-6b9f-tz4vn' };

describe('keptLogsQuery', () => {
  it('looks where the lines of the cluster are', () => {
    const sources = [
      { kind: 'pod', name: 'shop/checkout-6b9f-tz4vn' },
      { kind: 'container', name: 'k8s_app_checkout-6b9f-tz4vn-2_shop_1f_0' },
    ] as const;
    expect(keptLogsQuery(pod, sources)).toBe('source:"shop/checkout-6b9f-tz4vn"');
  });

  it('looks where the lines of the engine of this machine are, when it runs the pod', () => {
    const sources = [{ kind: 'container', name: 'k8s_app_checkout-6b9f-tz4vn_shop_1f_0' }] as const;
    expect(keptLogsQuery(pod, sources)).toBe('source:"_checkout-6b9f-tz4vn_shop_"');
  });
});
