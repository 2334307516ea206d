import { z } from 'zod';

/**
 * The parts of a pod that LogScope uses, picked tolerantly: clusters of another age leave fields out or send null, and only
 * what identifies a pod is demanded. Names go into request paths, so they are names or nothing.
 */
const text = z.string().nullish().catch(null);
const integer = z.number().int().nullish().catch(null);
const yes = z.boolean().nullish().catch(null);
const kubernetesName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,252})$/);

const terminated = z.object({ exitCode: integer, signal: integer, reason: text, message: text, startedAt: text, finishedAt: text });
const state = z
  .object({
    waiting: z.object({ reason: text, message: text }).nullish().catch(null),
    running: z.object({ startedAt: text }).nullish().catch(null),
    terminated: terminated.nullish().catch(null),
  })
  .nullish()
  .catch(null);
const containerStatus = z.object({
  name: z.string(),
  ready: yes,
  started: yes,
  restartCount: integer,
  containerID: text,
  state,
  lastState: state,
});
const amounts = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .nullish()
  .catch(null);
const container = z.object({
  name: z.string(),
  image: z.string().catch(''),
  restartPolicy: text,
  resources: z.object({ limits: amounts }).nullish().catch(null),
});
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).nullish().catch(null);

export const podSchema = z.object({
  metadata: z.object({
    uid: z.string().min(1),
    name: kubernetesName,
    namespace: kubernetesName,
    resourceVersion: text,
    creationTimestamp: text,
    deletionTimestamp: text,
    deletionGracePeriodSeconds: integer,
    labels: z.record(z.string(), z.string()).nullish().catch(null),
    ownerReferences: listOf(z.object({ kind: z.string(), name: z.string(), controller: yes })),
  }),
  spec: z
    .object({ nodeName: text, restartPolicy: text, containers: listOf(container), initContainers: listOf(container) })
    .nullish()
    .catch(null),
  status: z
    .object({
      phase: text,
      reason: text,
      message: text,
      startTime: text,
      conditions: listOf(z.object({ type: z.string(), status: z.string(), reason: text, message: text })),
      containerStatuses: listOf(containerStatus),
      initContainerStatuses: listOf(containerStatus),
    })
    .nullish()
    .catch(null),
});

export type RawPod = z.output<typeof podSchema>;
export type RawContainer = z.output<typeof container>;
export type RawContainerStatus = z.output<typeof containerStatus>;
export type RawTerminated = z.output<typeof terminated>;

/** A sidecar: an init container that stays. */
export function isSidecar(spec: RawContainer | undefined): boolean {
  return spec?.restartPolicy === 'Always';
}
