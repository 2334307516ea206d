import { expect, it } from 'vitest';
import { TrafficAggregate } from '../../../../src-main/traffic/aggregate/traffic-aggregate';
import { detectFormat } from '../../../../src-main/traffic/formats/detect-format';
import { LineFeeder } from '../../../../src-main/traffic/parse/line-feeder';
import { makeTrafficReport } from '../../../../src-main/traffic/report/traffic-report';
import { combined, createRandom } from './traffic-text';

it('parts that are merged say what the whole says', () => {
  const random = createRandom(11);
  const pick = (count: number) => Math.floor(random() * count);
  const lines = Array.from({ length: 4_000 }, (_, index) =>
    combined(`${pick(2) ? 'GET' : 'POST'} /shop/${pick(700)}/${['a', 'b', 'c'][pick(3)]} HTTP/1.1`, [200, 200, 404, 500][pick(4)] ?? 200, {
      client: `10.0.0.${pick(90)}`,
      at: `10/Oct/2025:${String(Math.floor(index / 200)).padStart(2, '0')}:${10 + pick(40)}:3${pick(10)} +0900`,
      // No two alike: among equals which ones are the slowest would be chance.
      tail: ` ${(index / 1000).toFixed(3)}`,
    }),
  );
  const known = detectFormat(lines.map((line) => line.trimEnd()));
  if (known === null) throw new Error('no format');
  const parser = known.createParser();
  const read = (part: readonly string[]) => {
    const aggregate = new TrafficAggregate();
    const feeder = new LineFeeder(parser, aggregate);
    feeder.write(Buffer.from(part.join('')));
    feeder.end();
    return aggregate;
  };
  const report = (aggregate: TrafficAggregate) => makeTrafficReport(aggregate, { format: known.detected, parser, hash: () => '0' });
  const merged = read(lines.slice(0, 1_000));
  merged.merge(read(lines.slice(1_000, 1_001)));
  merged.merge(read(lines.slice(1_001)));
  const whole = report(read(lines));
  const parts = report(merged);
  expect(parts.requests).toBe(4_000);
  const sorted = (one: typeof whole) => ({
    ...one,
    clients: one.clients.toSorted((a, b) => (a.client < b.client ? -1 : 1)),
    prompts: null,
  });
  // Sums of times are added in another order: what is rounded to a microsecond is the same.
  expect(sorted(parts)).toEqual(sorted(whole));
});
