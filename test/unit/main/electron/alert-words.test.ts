import { describe, expect, it } from 'vitest';
import { alertBody, alertTitle, plainText } from '../../../../src-main/electron/alert-words';
import { alertSample } from '../../../helpers/alert-samples';

describe('words of an alert', () => {
  it('titles what and where, tells why in the body', () => {
    const alert = alertSample({ countToday: 3 });
    expect(alertTitle('en', alert)).toBe('postgres stopped');
    expect(alertBody('en', alert)).toBe('Exited with code 1 · container · 3 times today');
  });

  it('has a title for all ways a service fails and for rules it does not know', () => {
    const reason = { rule: 'service-failed-signal', text: 'Failed: ended by signal 9', values: { exitStatus: 9 } };
    expect(alertTitle('en', alertSample({ subject: 'backup.service', source: 'services', reason }))).toBe('backup.service failed');
    const family = { rule: 'container-exited-not-found', text: 'Exited with code 127', values: {} };
    expect(alertTitle('en', alertSample({ reason: family }))).toBe('postgres stopped');
    const unknown = { rule: 'made-up', text: 'Something odd', values: {} };
    expect(alertTitle('en', alertSample({ reason: unknown }))).toBe('postgres needs attention');
    expect(alertBody('en', alertSample({ reason: unknown }))).toBe('Something odd · container');
  });

  it('lets no markup, control or direction characters through', () => {
    expect(plainText('<b>a</b>&amp;\u001b[31m\u202Etxt\n\u0000x', 60)).toBe('‹b›a‹/b›＆amp; [31m txt x');
    expect(alertTitle('en', alertSample({ subject: '<img src=x>' }))).toBe('‹img src=x› stopped');
  });

  it('cuts long names in the middle', () => {
    expect(plainText(`${'a'.repeat(40)}${'b'.repeat(40)}`, 11)).toBe('aaaaa…bbbbb');
  });
});
