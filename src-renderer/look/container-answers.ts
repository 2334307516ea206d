import { createSampleLog, sampleContainerDetail } from '../client/sample-container-detail';

/** Answers of the invented core about containers and live logs. */
export function createContainerAnswers() {
  const logs = new Map<string, ReturnType<typeof createSampleLog>>();
  let opened = 0;
  return {
    'containers.detail': ({ id }: { readonly id: string }) => sampleContainerDetail(id, Date.now()),
    'containers.act': () => ({ outcome: 'done', text: '' }) as const,
    'containers.shell': () =>
      ({
        outcome: 'no-terminal',
        command: ['docker', 'exec', '-it', '8f21c7d9e0b3', 'sh', '-c', 'command -v bash >/dev/null && exec bash || exec sh'],
        text: 'No terminal program was found.',
      }) as const,
    'logs.open': ({ tail }: { readonly tail: number }) => {
      opened += 1;
      logs.set(`s${opened}`, createSampleLog(Math.min(tail, 60)));
      return { stream: `s${opened}` };
    },
    'logs.next': async ({ stream }: { readonly stream: string }) => {
      const log = logs.get(stream);
      if (!log) throw new Error(stream);
      return await log.next(Date.now());
    },
    'logs.close': ({ stream }: { readonly stream: string }) => ({ closed: logs.delete(stream) }),
  };
}
