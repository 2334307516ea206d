import type { Finding } from '../../src-shared/judgement';
import { maskStrings, type TextMask } from '../../src-shared/redact/mask-values';

/** A finding as it may leave the machine. Its key stays: the same cause must have the same key in every run. */
export function maskFinding(finding: Finding, mask: TextMask): Finding {
  const { subject, reason } = finding;
  return { ...finding, subject: mask(subject), reason: { ...reason, text: mask(reason.text), values: maskStrings(reason.values, mask) } };
}
