import type { Settings, SettingsPatch } from '../../../src-shared/settings';
import { useWords } from '../../words/use-words';
import styles from './log-fields.module.css';
import { ModelField } from './model-field';
import { TimedReports } from './timed-reports';

type Traffic = Settings['traffic'];

interface TrafficFieldsProps {
  readonly value: Traffic;
  readonly onChange: (patch: NonNullable<SettingsPatch['traffic']>) => void;
}

/** Where prompts may be sent, and reports that are written by themselves. */
export function TrafficFields({ value, onChange }: TrafficFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.group}>
        <ModelField key={JSON.stringify(value.model)} model={value.model} onChange={(model) => onChange({ model })} />
        <p className={styles.hint}>{t('settings.modelHint')}</p>
      </div>
      <div className={styles.group}>
        <p className={styles.label}>{t('settings.timed')}</p>
        <TimedReports reports={value.reports} onChange={(reports) => onChange({ reports: [...reports] })} />
        <p className={styles.hint}>{t('settings.timedHint')}</p>
      </div>
    </>
  );
}
