import type { SettingsPatch } from '../../src-shared/settings';
import type { SourceId } from '../../src-shared/source';

/** The sources whose next reading depends on a setting. What is not listed counts from the next line or look on by itself. */
const sourceOf: Partial<Record<keyof SettingsPatch, SourceId>> = {
  engineEndpoint: 'containers',
  kubernetes: 'pods',
  services: 'services',
  portChecks: 'services',
};

export function sourcesChangedBy(patch: SettingsPatch): readonly SourceId[] {
  return [...new Set(Object.keys(patch).flatMap((key) => sourceOf[key as keyof SettingsPatch] ?? []))];
}
