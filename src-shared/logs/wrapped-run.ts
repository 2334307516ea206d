import { z } from 'zod';

/** A command run under `logscope run`, as it is kept beside its output. */
export const wrappedRunSchema = z.object({
  /** Sorts by start; name of its files. */
  id: z.string().regex(/^\d{8}T\d{9}-\d{1,10}$/),
  /** Program and arguments, secrets masked. Hostile text. */
  command: z.array(z.string().max(4_096)).min(1).max(1_000),
  cwd: z.string().max(4_096),
  pid: z.number().int().positive(),
  startedAtMs: z.number(),
  /** Null: it runs, or LogScope was killed before it ended. */
  endedAtMs: z.number().nullable(),
  /** Null: it runs, or a signal ended it. */
  exitCode: z.number().int().nullable(),
  /** Name of the signal that ended it ("SIGTERM"); null: none. */
  signal: z
    .string()
    .regex(/^SIG[A-Z0-9+]{1,12}$/)
    .nullable(),
  /** TCP ports on which it or a process below it was seen to listen, ascending. Null: nobody could look. */
  ports: z.array(z.number().int().min(1).max(65_535)).max(1_000).nullable(),
  /** Bytes of its output that are not kept (any more): the beginning of a very long one, or what a full disk did not take. */
  lostBytes: z.number().int().nonnegative(),
});

export type WrappedRun = Readonly<z.infer<typeof wrappedRunSchema>>;

/** The command as one short line. */
export function wrappedRunName({ command }: Pick<WrappedRun, 'command'>): string {
  const text = command.join(' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
