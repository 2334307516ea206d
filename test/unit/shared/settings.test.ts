import { expect, it } from 'vitest';
import { settingsPatchSchema, settingsSchema } from '../../../src-shared/settings';

const rule = (match: string) => ({ source: '', match, action: 'drop' as const });

it('refuses a noise rule that would do nothing, and takes what works', () => {
  const isTaken = (match: string) => settingsPatchSchema.safeParse({ logs: { noiseRules: [rule(match)] } }).success;
  expect(['healthz', '/GET \\/health\\d+/i', '/', '/usr/bin'].map(isTaken)).toEqual([true, true, true, true]);
  expect(['/(a+)+$/', '/(x)\\1/', '/[/'].map(isTaken)).toEqual([false, false, false]);
});

it('reads a settings file with such a rule: the others in it count', () => {
  expect(settingsSchema.parse({ theme: 'dark', logs: { noiseRules: [rule('/(a+)+$/')] } }).theme).toBe('dark');
});
