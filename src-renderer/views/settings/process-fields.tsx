import { useEffect, useState } from 'react';
import type { Settings, SettingsPatch } from '../../../src-shared/settings';
import { useWords } from '../../words/use-words';
import styles from './process-fields.module.css';
import { PercentField, Switch } from './setting-fields';

type Processes = Settings['processes'];

interface ProcessFieldsProps {
  readonly value: Processes;
  readonly onChange: (patch: NonNullable<SettingsPatch['processes']>) => void;
}

/** What may be ended, and which processes raise an alarm. */
export function ProcessFields({ value, onChange }: ProcessFieldsProps) {
  const { t } = useWords();
  const { alarms } = value;
  const change = (patch: Partial<Processes['alarms']>) => onChange({ alarms: patch });
  return (
    <>
      <Switch label={t('settings.process.expert')} on={value.expertActions} onChange={(expertActions) => onChange({ expertActions })} />
      <p className={styles.heading}>{t('settings.process.alarms')}</p>
      <div className={styles.lines}>
        <p className={styles.line}>
          <span>{t('settings.process.cpu')}</span>
          <NumberField
            label={`${t('settings.process.cpu')}: ${t('settings.process.cpuCores')}`}
            value={alarms.cpuCores}
            min={0}
            max={1024}
            step={0.5}
            onChange={(cpuCores) => change({ cpuCores })}
          />
          <span className={styles.unit}>{t('settings.process.cpuCores')}</span>
          <NumberField
            label={`${t('settings.process.cpu')}: ${t('settings.process.seconds')}`}
            value={alarms.cpuForSeconds}
            min={10}
            max={86_400}
            step={10}
            onChange={(cpuForSeconds) => change({ cpuForSeconds })}
          />
          <span className={styles.unit}>{t('settings.process.seconds')}</span>
        </p>
        <p className={styles.line}>
          <span>{t('settings.process.memory')}</span>
          <PercentField
            label={`${t('settings.process.memory')}: ${t('settings.process.memoryShare')}`}
            ratio={alarms.memoryRatio}
            onChange={(memoryRatio) => change({ memoryRatio })}
          />
          <span className={styles.unit}>{t('settings.process.memoryShare')}</span>
          <NumberField
            label={`${t('settings.process.memory')}: ${t('settings.process.seconds')}`}
            value={alarms.memoryForSeconds}
            min={10}
            max={86_400}
            step={10}
            onChange={(memoryForSeconds) => change({ memoryForSeconds })}
          />
          <span className={styles.unit}>{t('settings.process.seconds')}</span>
        </p>
      </div>
      <Switch label={t('settings.process.leaks')} on={alarms.leaks} onChange={(leaks) => change({ leaks })} />
      <Switch label={t('settings.process.restarts')} on={alarms.restartLoops} onChange={(restartLoops) => change({ restartLoops })} />
      <Switch
        label={t('settings.process.openListeners')}
        on={alarms.openListeners}
        onChange={(openListeners) => change({ openListeners })}
      />
      <Switch
        label={t('settings.process.firstSeen')}
        on={alarms.firstSeenListeners}
        onChange={(firstSeenListeners) => change({ firstSeenListeners })}
      />
    </>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** Saved when the field is left or Enter is pressed. Out of range or no number: the old value comes back. */
export function NumberField({ label, value, min, max, step, onChange }: NumberFieldProps) {
  const shown = String(value);
  const [draft, setDraft] = useState(shown);
  useEffect(() => setDraft(shown), [shown]);
  function save(): void {
    const next = Number(draft);
    const isWhole = Number.isInteger(step) ? Number.isInteger(next) : true;
    if (draft.trim() === '' || !Number.isFinite(next) || next < min || next > max || !isWhole) setDraft(shown);
    else if (next !== value) onChange(next);
  }
  return (
    <input
      className={styles.number}
      type="number"
      min={min}
      max={max}
      step={step}
      aria-label={label}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}
