/** pino-roll 4 ships no types; the part that logger.ts uses. */
declare module 'pino-roll' {
  export interface RollingFileOptions {
    /** Path without number and extension. */
    readonly file: string;
    readonly extension?: string;
    /** Size at which a new file starts, e.g. '5m'. */
    readonly size?: string;
    readonly limit?: { readonly count: number };
    /** Of what waits to be written, in bytes; lines beyond are dropped, each with an event. */
    readonly maxLength?: number;
  }
  export default function buildRollingFile(options: RollingFileOptions): Promise<NodeJS.WritableStream & { end(): void }>;
}
