import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useWords } from '../../words/use-words';

export function PodsView() {
  const { t } = useWords();
  return (
    <Panel title={t('region.pods')}>
      <SourceBody source="pods">{(snapshot) => <p>{snapshot.pods.length}</p>}</SourceBody>
    </Panel>
  );
}
