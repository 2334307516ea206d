import { useWords } from '../../words/use-words';

/** Access logs as figures. */
export function TrafficView() {
  const { t } = useWords();
  return <p>{t('panel.loading')}</p>;
}
