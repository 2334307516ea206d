import type { TrafficReport } from '../../../src-shared/traffic/report';
import { deriveTrafficInsights } from '../../rules/traffic/traffic-insights';
import type { TrafficAggregate } from '../aggregate/traffic-aggregate';
import { writePrompts } from './prompts';
import { type FigureContext, trafficFigures } from './traffic-figures';

/** Everything that is said of a log: figures, insights, prompts. */
export function makeTrafficReport(aggregate: TrafficAggregate, context: FigureContext): TrafficReport {
  const figures = trafficFigures(aggregate, context);
  const insights = deriveTrafficInsights(figures);
  const textOf = (line: Buffer) => line.toString('utf8');
  const excerpt = {
    errors: aggregate.errors.all().map(textOf),
    recent: aggregate.recent.all().map(textOf),
    malformed: aggregate.malformedExamples.map(textOf),
  };
  return { ...figures, insights, prompts: writePrompts(figures, insights, excerpt, context.hash) };
}
