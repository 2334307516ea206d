import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Unavailable, unavailable } from '../../src-shared/reading';
import { maskWords } from '../../src-shared/redact/mask-values';
import { isSecretName } from '../../src-shared/redact/secret-names';
import { type Sentence, say } from '../../src-shared/sentence';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';
import type { Exec, ExecResult } from './exec';
import { shorten } from './kubernetes-errors';
import { createSecretHash } from './secret-hash';

/** A program that a kubeconfig names to get credentials from (client-go credential plug-in). */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  /** The kubeconfig's own advice when the program is missing. */
  readonly installHint: string | null;
  /** Told to the program when it asks for it. */
  readonly cluster: { readonly server: string; readonly 'certificate-authority-data'?: string } | null;
}

export interface PluginCredentials {
  readonly token: string | null;
  readonly clientCertificate: string | null;
  readonly clientKey: string | null;
  /** Null: good until the cluster refuses them. */
  readonly expiresAtMs: number | null;
}

export interface PluginDeps {
  readonly exec: Exec;
  readonly environment: NodeJS.ProcessEnv;
  /** PATH as a terminal has it; null when it cannot be had. */
  readonly loginPath: () => Promise<string | null>;
}

/** A person may have to answer a browser page meanwhile. */
const patienceMs = 60_000;

const execSchema = z.object({
  apiVersion: z.string().catch('client.authentication.k8s.io/v1'),
  command: z.string().min(1),
  args: z.array(z.coerce.string()).nullish().catch([]),
  env: z
    .array(z.object({ name: z.string(), value: z.coerce.string() }))
    .nullish()
    .catch([]),
  installHint: z.string().nullish().catch(null),
  provideClusterInfo: z.boolean().nullish().catch(false),
});

/** From the kubeconfig's `exec`; null when it is none. */
export function parseExecPlugin(raw: unknown, cluster: NonNullable<ExecPlugin['cluster']>): ExecPlugin | null {
  const parsed = execSchema.safeParse(raw);
  if (!parsed.success) return null;
  const { apiVersion, command, args, env, installHint, provideClusterInfo } = parsed.data;
  return {
    apiVersion,
    command,
    args: args ?? [],
    environment: env ?? [],
    installHint: installHint ?? null,
    cluster: provideClusterInfo === true ? cluster : null,
  };
}

/** Changes with anything that changes what would be run: program, arguments, environment. */
export function consentKey(plugin: ExecPlugin): string {
  const { command, args, environment } = plugin;
  const whole = JSON.stringify([command, args, environment.map(({ name, value }) => [name, value])]);
  return createHash('sha256').update(whole).digest('hex');
}

/** One for the run: what is shown of a command stays the same. */
const hash = createSecretHash();

/** As a terminal would take it, without secrets. */
export function shownCommand(plugin: ExecPlugin): readonly string[] {
  const settings = plugin.environment.map(({ name, value }) => `${name}=${isSecretName(name) ? '***' : value}`);
  return maskWords([...settings, plugin.command, ...plugin.args], hash);
}

export function needsConsent(plugin: ExecPlugin, context: KubernetesContext): Unavailable {
  return {
    ...unavailable(
      'needs-consent',
      say('cluster.why.consent', { context: context.name, command: plugin.command }),
      say('cluster.remedy.consent'),
    ),
    consent: { command: shownCommand(plugin), key: consentKey(plugin) },
  };
}

/** Runs the program; what it does wrong is data. Call it only after the person agreed. */
export async function runExecPlugin(
  plugin: ExecPlugin,
  context: KubernetesContext,
  deps: PluginDeps,
  signal: AbortSignal,
): Promise<PluginCredentials | Unavailable> {
  let result = await run(plugin, deps, deps.environment.PATH, signal);
  if (result.kind === 'not-found') {
    const loginPath = await deps.loginPath();
    if (loginPath !== null) result = await run(plugin, deps, loginPath, signal);
  }
  const { kind, exitCode, stdout, stderr } = result;
  if (kind === 'not-found') {
    return unavailable(
      'not-installed',
      say('cluster.why.noProgram', { command: plugin.command, context: context.name }),
      plugin.installHint === null ? say('cluster.remedy.installProgram') : shorten(plugin.installHint),
    );
  }
  const words = shorten(stderr) || shorten(stdout);
  if (kind !== 'exited' || exitCode !== 0) {
    return unavailable('permission-denied', howItEnded(plugin.command, result, words), say('cluster.remedy.runProgram'));
  }
  return parseCredentials(stdout, plugin, context);
}

function howItEnded(command: string, { kind, exitCode }: ExecResult, words: string): Sentence | readonly Sentence[] {
  if (kind === 'exited') {
    const code = String(exitCode);
    return words === ''
      ? say('cluster.why.programEnded', { command, code })
      : say('cluster.why.programEndedSaying', { command, code, words });
  }
  const end =
    kind === 'timeout'
      ? say('cluster.why.programSlow', { command, seconds: patienceMs / 1000 })
      : say('cluster.why.programStopped', { command, kind });
  return words === '' ? end : [end, { text: words }];
}

function run(plugin: ExecPlugin, deps: PluginDeps, path: string | undefined, signal: AbortSignal) {
  const info = {
    apiVersion: plugin.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(plugin.cluster === null ? {} : { cluster: plugin.cluster }) },
  };
  const env: NodeJS.ProcessEnv = { ...Object.fromEntries(plugin.environment.map(({ name, value }) => [name, value])) };
  env.KUBERNETES_EXEC_INFO = JSON.stringify(info);
  if (path !== undefined && env.PATH === undefined) env.PATH = path;
  return deps.exec(plugin.command, plugin.args, { timeoutMs: patienceMs, maxBytes: 1024 * 1024, signal, env });
}

const credentialSchema = z.object({
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
    expirationTimestamp: z.string().nullish().catch(null),
  }),
});

function parseCredentials(stdout: string, plugin: ExecPlugin, context: KubernetesContext): PluginCredentials | Unavailable {
  const parsed = credentialSchema.safeParse(parseJson(stdout));
  if (!parsed.success) {
    return unavailable(
      'permission-denied',
      say('cluster.why.programPrinted', { command: plugin.command, context: context.name }),
      say('cluster.remedy.printProgram'),
    );
  }
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status;
  const expiresAtMs = expirationTimestamp ? Date.parse(expirationTimestamp) : Number.NaN;
  return {
    token: token ?? null,
    clientCertificate: clientCertificateData ?? null,
    clientKey: clientKeyData ?? null,
    expiresAtMs: Number.isNaN(expiresAtMs) ? null : expiresAtMs,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
