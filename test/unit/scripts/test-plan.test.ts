import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

interface TestPlan {
  readonly suiteNames: readonly string[];
  planTests(suites: readonly string[]): readonly { readonly lanes: readonly (readonly (readonly string[])[])[] }[];
  divideIntegration(names: readonly string[]): {
    readonly machine: readonly string[];
    readonly files: readonly string[];
    readonly parts: readonly string[];
  };
}

const { suiteNames, planTests, divideIntegration } = (await import(
  new URL('../../../scripts/parts/test-plan.mjs', import.meta.url).href
)) as TestPlan;

test('everything runs once, windows only beside tests that leave the machine as it is', () => {
  expect(planTests(suiteNames)).toEqual([
    { lanes: [[['unit']], [['integration-machine']]] },
    {
      lanes: [
        [['e2e-web'], ['e2e-electron']],
        [['integration-parts'], ['integration-files']],
      ],
    },
  ]);
});

test('what is not asked for leaves neither lanes nor phases behind', () => {
  expect(planTests(['e2e-electron'])).toEqual([{ lanes: [[['e2e-electron']]] }]);
  expect(planTests(['integration'])).toEqual([
    { lanes: [[['integration-machine']]] },
    { lanes: [[['integration-parts'], ['integration-files']]] },
  ]);
  expect(planTests(['unit', 'e2e-web'])).toEqual([{ lanes: [[['unit']]] }, { lanes: [[['e2e-web']]] }]);
});

test('every integration test is in one step, a new one among the parts', () => {
  expect(divideIntegration(['new.test.ts', 'store-writer.ts', 'store.test.ts', 'risk-fixtures.test.ts'])).toEqual({
    machine: ['risk-fixtures.test.ts'],
    files: ['store.test.ts'],
    parts: ['new.test.ts'],
  });
  const files = readdirSync(new URL('../../integration', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
  const { machine, files: alone, parts } = divideIntegration(files);
  expect([...machine, ...alone, ...parts].sort()).toEqual(files.sort());
  expect(machine).toEqual(
    expect.arrayContaining(['processes.test.ts', 'process-cli.test.ts', 'stop-process.test.ts', 'containers-storm.test.ts']),
  );
  expect(alone).toEqual(expect.arrayContaining(['log-store.test.ts', 'web-serve.test.ts']));
  expect(parts).toEqual(expect.arrayContaining(['containers.test.ts', 'services.test.ts', 'logs-app.test.ts']));
});
