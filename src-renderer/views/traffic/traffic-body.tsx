import { useUi } from '../../state/context';
import { FormatPreview } from './choice/format-preview';
import { SourceChoice } from './choice/source-choice';
import { TrafficFigures } from './figures/traffic-figures';

/** Which log, which format, its figures: one at a time. */
export function TrafficBody() {
  const target = useUi((ui) => ui.trafficTarget);
  if (target === null) return <SourceChoice />;
  const key = JSON.stringify([target.input, target.format]);
  return target.stage === 'figures' ? <TrafficFigures key={key} target={target} /> : <FormatPreview key={key} target={target} />;
}
