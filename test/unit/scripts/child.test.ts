import { afterEach, expect, test, vi } from 'vitest';

const { runInForeground } = (await import(new URL('../../../scripts/parts/child.mjs', import.meta.url).href)) as {
  runInForeground(file: string, args: readonly string[], options?: { readonly mark?: string | null }): Promise<number>;
};

afterEach(() => vi.restoreAllMocks());

function written(stream: NodeJS.WriteStream): { text(): string } {
  const pieces: string[] = [];
  vi.spyOn(stream, 'write').mockImplementation((piece) => pieces.push(String(piece)) > 0);
  return { text: () => pieces.join('') };
}

test('of several at a time each line bears the name of its runner, whole', async () => {
  const [out, err] = [written(process.stdout), written(process.stderr)];
  const codes = await Promise.all([
    runInForeground('sh', ['-c', 'printf "one\\ntw"; printf "o\\r\\nrest"; exit 3'], { mark: 'a |' }),
    runInForeground('sh', ['-c', 'echo wrong >&2'], { mark: 'b |' }),
    runInForeground('/nonexistent/program', [], { mark: 'c |' }),
  ]);
  expect(codes).toEqual([3, 0, 127]);
  expect(out.text()).toBe('a | one\na | two\r\na | rest\n');
  expect(err.text()).toBe('b | wrong\n');
});

test('what a runner leaves behind does not hold it up, though it keeps its output open', async () => {
  const out = written(process.stdout);
  const started = performance.now();
  expect(await runInForeground('sh', ['-c', 'sleep 30 & echo $!'], { mark: 'a |' })).toBe(0);
  expect(performance.now() - started).toBeLessThan(20_000);
  process.kill(Number(out.text().split('|')[1]));
});
