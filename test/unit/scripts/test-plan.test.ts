import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

interface TestPlan {
  readonly suiteNames: readonly string[];
  planTests(suites: readonly string[]): readonly (readonly { readonly name: string; readonly after: readonly string[] }[])[];
  divideIntegration(names: readonly string[]): {
    readonly machine: readonly string[];
    readonly stores: readonly string[];
    readonly files: readonly string[];
    readonly parts: readonly string[];
  };
}

const { suiteNames, planTests, divideIntegration } = (await import(
  new URL('../../../scripts/parts/test-plan.mjs', import.meta.url).href
)) as TestPlan;

const alone = (name: string) => ({ name, after: [] });

test('everything runs once, windows only beside tests that leave the machine as it is', () => {
  expect(planTests(suiteNames)).toEqual([
    [
      alone('unit'),
      alone('integration-stores'),
      { name: 'e2e-web', after: ['integration-machine'] },
      { name: 'e2e-electron', after: ['integration-machine'] },
    ],
    [alone('integration-machine'), alone('integration-parts'), alone('integration-files')],
  ]);
});

test('what is not asked for leaves no lane behind, and nothing waits for it', () => {
  expect(planTests(['e2e-electron'])).toEqual([[alone('e2e-electron')]]);
  expect(planTests(['integration'])).toEqual([
    [alone('integration-stores')],
    [alone('integration-machine'), alone('integration-parts'), alone('integration-files')],
  ]);
  expect(planTests(['unit', 'e2e-web'])).toEqual([[alone('unit'), alone('e2e-web')]]);
});

test('every integration test is in one step, a new one among the parts', () => {
  expect(divideIntegration(['new.test.ts', 'store-writer.ts', 'store.test.ts', 'risk-fixtures.test.ts', 'web-serve.test.ts'])).toEqual({
    machine: ['risk-fixtures.test.ts'],
    stores: ['store.test.ts'],
    files: ['web-serve.test.ts'],
    parts: ['new.test.ts'],
  });
  const files = readdirSync(new URL('../../integration', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
  const { machine, stores, files: others, parts } = divideIntegration(files);
  expect([...machine, ...stores, ...others, ...parts].sort()).toEqual(files.sort());
  expect(machine).toEqual(
    expect.arrayContaining(['processes.test.ts', 'process-cli.test.ts', 'stop-process.test.ts', 'containers-storm.test.ts']),
  );
  expect(stores).toEqual(expect.arrayContaining(['log-store.test.ts', 'store.test.ts']));
  expect(others).toEqual(expect.arrayContaining(['log-files.test.ts', 'web-serve.test.ts']));
  expect(parts).toEqual(expect.arrayContaining(['containers.test.ts', 'services.test.ts', 'logs-app.test.ts']));
});
