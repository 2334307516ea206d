import type { TrafficReport } from '../../../src-shared/traffic/report';
import { deriveTrafficInsights } from '../../rules/traffic/traffic-insights';
import type { TrafficAggregate } from '../aggregate/traffic-aggregate';
import { type PromptExcerpt, writePrompts } from './prompts';
import { type FigureContext, trafficFigures } from './traffic-figures';

/** Everything that is said of a log: figures, insights, prompts. */
export function makeTrafficReport(aggregate: TrafficAggregate, context: FigureContext): TrafficReport {
  const figures = trafficFigures(aggregate, context);
  const insights = deriveTrafficInsights(figures);
  return { ...figures, insights, prompts: writePrompts({ figures, insights, excerpt: excerptOf(aggregate), hash: context.hash }) };
}

/** Lines of a log as they stand there. */
export function excerptOf(aggregate: TrafficAggregate): PromptExcerpt {
  const textOf = (line: Buffer) => line.toString('utf8');
  return {
    errors: aggregate.errors.all().map(textOf),
    recent: aggregate.recent.all().map(textOf),
    malformed: aggregate.malformedExamples.map(textOf),
  };
}
