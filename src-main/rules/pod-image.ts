import type { Reason } from '../../src-shared/judgement';
import type { PodContainer, PodFacts } from '../../src-shared/snapshots';
import { type RuleId, reason } from './reason';

/** What registries and container runtimes say, and what it means; the first that fits counts. */
const causes: readonly { readonly pattern: RegExp; readonly rule: RuleId; readonly remedy: RuleId }[] = [
  { pattern: /toomanyrequests|429|rate limit/i, rule: 'pod-image-limited', remedy: 'pod-remedy-image-limit' },
  { pattern: /no matching manifest|no match for platform/i, rule: 'pod-image-platform', remedy: 'pod-remedy-image-platform' },
  {
    pattern: /unauthorized|authentication required|access denied|denied:|insufficient_scope|forbidden|may require 'docker login'/i,
    rule: 'pod-image-denied',
    remedy: 'pod-remedy-image-secret',
  },
  { pattern: /not found|manifest unknown|does not exist|name unknown/i, rule: 'pod-image-not-found', remedy: 'pod-remedy-image-name' },
  {
    pattern: /dial tcp|no such host|i\/o timeout|connection refused|deadline exceeded|x509|tls:|server misbehaving/i,
    rule: 'pod-image-unreachable',
    remedy: 'pod-remedy-image-network',
  },
];

/** Null when the container does not wait for its image. */
export function imageReasons(pod: PodFacts, container: PodContainer): readonly [Reason, Reason] | null {
  const { reason: word, message } = container;
  const values = { image: container.image, node: pod.node ?? '?' };
  if (word === 'InvalidImageName') return [reason('pod-image-invalid', values), reason('pod-remedy-image-name')];
  if (word === 'ErrImageNeverPull') return [reason('pod-image-never-pull', values), reason('pod-remedy-image-policy')];
  if (word !== 'ImagePullBackOff' && word !== 'ErrImagePull' && word !== 'RegistryUnavailable') return null;
  // "no such host" is of the registry, and "not found" of the image: the network's words come last, but name both.
  const cause = causes.find(({ pattern }) => pattern.test(message ?? ''));
  if (cause === undefined) return [reason('pod-image', values), reason('pod-remedy-image-name')];
  return [reason(cause.rule, values), reason(cause.remedy, values)];
}
