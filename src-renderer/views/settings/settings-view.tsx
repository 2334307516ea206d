import { useState } from 'react';
import { type InputOf, RequestError } from '../../../src-shared/contract';
import type { Settings } from '../../../src-shared/settings';
import { Panel } from '../../components/panel';
import { useApp } from '../../state/context';
import { useChangeSettings } from '../../state/use-change-settings';
import { useWords } from '../../words/use-words';
import { KubernetesFields } from './kubernetes-fields';
import { LogFields } from './log-fields';
import { formatPortChecks, parsePortChecks } from './port-checks';
import { ProcessFields } from './process-fields';
import { Choice, LinesField, PercentField, Switch, TextField } from './setting-fields';
import styles from './settings-view.module.css';
import { TrafficFields } from './traffic-fields';

type Patch = InputOf<'settings.change'>;
type ThresholdKey = keyof Settings['thresholds'];

/** Everything a person may set. Each change is saved at once. */
export function SettingsView() {
  const { t, tOr } = useWords();
  const settings = useApp((app) => app.settings);
  const readOnly = useApp((app) => !(app.info?.actionsAllowed ?? false));
  const info = useApp((app) => app.info);
  const send = useChangeSettings();
  const [said, setSaid] = useState<string | null>(null);

  async function change(patch: Patch): Promise<void> {
    try {
      await send(patch);
      setSaid(t(readOnly ? 'settings.savedHere' : 'settings.saved'));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setSaid(tOr(`settings.problem.${error.code}`, error.message));
    }
  }
  function changePorts(lines: readonly string[]): void {
    const { checks, wrong } = parsePortChecks(lines);
    if (wrong.length === 0) void change({ portChecks: checks });
    else setSaid(t('settings.portsWrong', { lines: wrong.join(', ') }));
  }
  const threshold = (key: ThresholdKey, label: string) => (
    <PercentField label={label} ratio={settings.thresholds[key]} onChange={(ratio) => change({ thresholds: { [key]: ratio } })} />
  );

  return (
    <div className={styles.view}>
      <p className={styles.said} role="status">
        {said ?? (readOnly ? t('settings.readOnly') : t('settings.hint'))}
      </p>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Panel title={t('settings.look')}>
            <div className={styles.fields}>
              <Choice
                label={t('settings.language')}
                value={settings.language}
                options={options(['system', 'en', 'ko'] as const, (one) => t(`language.${one}`))}
                onChange={(language) => change({ language })}
              />
              <Choice
                label={t('settings.theme')}
                value={settings.theme}
                options={options(['system', 'light', 'dark', 'retro'] as const, (one) => t(`theme.${one}`))}
                onChange={(theme) => change({ theme })}
              />
              <Choice
                label={t('settings.density')}
                value={settings.density}
                options={options(['compact', 'comfortable'] as const, (one) => t(`density.${one}`))}
                onChange={(density) => change({ density })}
              />
            </div>
          </Panel>
          <Panel title={t('settings.thresholds')}>
            <fieldset className={styles.fields} disabled={readOnly}>
              <div className={styles.thresholds}>
                <span />
                <span className={styles.quiet}>{t('level.warning')}</span>
                <span className={styles.quiet}>{t('level.critical')}</span>
                <span>{t('host.cpu')}</span>
                {threshold('cpuWarningRatio', `${t('host.cpu')}, ${t('level.warning')}`)}
                {threshold('cpuCriticalRatio', `${t('host.cpu')}, ${t('level.critical')}`)}
                <span>{t('host.memory')}</span>
                {threshold('memoryWarningRatio', `${t('host.memory')}, ${t('level.warning')}`)}
                {threshold('memoryCriticalRatio', `${t('host.memory')}, ${t('level.critical')}`)}
                <span>{t('host.disk')}</span>
                {threshold('diskWarningRatio', `${t('host.disk')}, ${t('level.warning')}`)}
                {threshold('diskCriticalRatio', `${t('host.disk')}, ${t('level.critical')}`)}
              </div>
            </fieldset>
          </Panel>
          <Panel title={t('settings.kubernetes')}>
            <fieldset className={styles.fields} disabled={readOnly}>
              <KubernetesFields
                value={settings.kubernetes}
                followedPods={settings.logs.followedPods}
                onFollowedPods={(followedPods) => change({ logs: { followedPods } })}
                onChange={(kubernetes) => change({ kubernetes })}
              />
            </fieldset>
          </Panel>
          <Panel title={t('settings.processes')}>
            <fieldset className={styles.fields} disabled={readOnly}>
              <ProcessFields value={settings.processes} onChange={(processes) => change({ processes })} />
            </fieldset>
          </Panel>
          {info && (
            <Panel title={t('settings.about')}>
              <p className={styles.about}>
                LogScope {info.version} · {info.platform} · Node {info.runtime.node}
                {info.runtime.electron !== null && ` · Electron ${info.runtime.electron}`}
                {info.runtime.chrome !== null && ` · Chromium ${info.runtime.chrome}`}
              </p>
            </Panel>
          )}
        </div>
        <div className={styles.stack}>
          <Panel title={t('settings.watching')}>
            <fieldset className={styles.fields} disabled={readOnly}>
              <Switch
                label={t('settings.notifications')}
                on={settings.notifications}
                onChange={(notifications) => change({ notifications })}
              />
              <LinesField
                label={t('settings.watch')}
                hint={t('settings.watchHint')}
                lines={settings.services.watch}
                onChange={(watch) => change({ services: { watch } })}
              />
              <LinesField
                label={t('settings.ignore')}
                hint={t('settings.ignoreHint')}
                lines={settings.services.ignore}
                onChange={(ignore) => change({ services: { ignore } })}
              />
              <LinesField
                label={t('settings.ports')}
                hint={t('settings.portsHint')}
                lines={formatPortChecks(settings.portChecks)}
                onChange={changePorts}
              />
              <TextField
                label={t('settings.engine')}
                hint={t('settings.engineHint')}
                value={settings.engineEndpoint}
                onChange={(engineEndpoint) => change({ engineEndpoint })}
              />
            </fieldset>
          </Panel>
          <Panel title={t('settings.logs')}>
            <fieldset className={styles.fields} disabled={readOnly}>
              <LogFields value={settings.logs} onChange={(logs) => change({ logs })} />
            </fieldset>
          </Panel>
          <Panel title={t('settings.traffic')}>
            <fieldset className={styles.fields} disabled={readOnly}>
              <TrafficFields value={settings.traffic} onChange={(traffic) => change({ traffic })} />
            </fieldset>
          </Panel>
        </div>
      </div>
    </div>
  );
}

function options<T extends string>(
  values: readonly T[],
  label: (value: T) => string,
): readonly { readonly value: T; readonly label: string }[] {
  return values.map((value) => ({ value, label: label(value) }));
}
