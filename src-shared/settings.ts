import { z } from 'zod';
import { logKinds } from './logs/log-record';
import { createNoiseMatch } from './logs/noise-match';

const portCheckSchema = z.object({ name: z.string().min(1).max(64), port: z.number().int().min(1).max(65_535) });

const usualPortChecks = [
  { name: 'PostgreSQL', port: 5432 },
  { name: 'MySQL', port: 3306 },
  { name: 'Redis', port: 6379 },
  { name: 'MongoDB', port: 27_017 },
  { name: 'HTTP', port: 8080 },
];

export const highlightColours = ['red', 'yellow', 'blue', 'green', 'purple', 'grey'] as const;
const highlightSchema = z.object({ word: z.string().min(1).max(64), colour: z.enum(highlightColours) });
const usualHighlights: z.output<typeof highlightSchema>[] = [
  { word: 'error', colour: 'red' },
  { word: 'warning', colour: 'yellow' },
  { word: 'info', colour: 'blue' },
];
const followedFilesSchema = z.object({ pattern: z.string().min(1).max(4_096), kind: z.enum(logKinds) });
const noUsableMatch = 'not a word, nor an expression between slashes that takes linear time';
const noiseRuleSchema = z.object({ source: z.string().max(256), match: z.string().min(1).max(500), action: z.enum(['drop', 'keep-only']) });

const logPathSchema = z.string().min(1).max(4_096);
const recentTrafficSchema = z.object({ paths: z.array(logPathSchema).min(1).max(20), format: z.string().min(1).max(4_000) });
const modelSchema = z.object({
  kind: z.enum(['ollama', 'openai']),
  /** Base address: "http://127.0.0.1:11434", "https://api.example.com/v1". */
  url: z.url({ protocol: /^https?$/ }).max(1_024),
  model: z.string().min(1).max(256),
  /** Name of the environment variable that holds the key; empty: none is sent. */
  keyVariable: z
    .string()
    .max(128)
    .regex(/^([A-Za-z_][A-Za-z0-9_]*)?$/)
    .default(''),
});
const timedReportSchema = z.object({
  paths: z.array(logPathSchema).min(1).max(20),
  format: z.string().min(1).max(4_000).default('auto'),
  /** The stretch that ended last: the hour before, the day before, the seven days before. */
  every: z.enum(['hour', 'day', 'week']),
  as: z.enum(['markdown', 'html', 'json', 'csv']),
  /** Folder, absolute or `~/…`. */
  folder: logPathSchema,
});

/**
 * Everything a person may set. The file on disk holds only what differs from these defaults;
 * a file that does not parse is kept aside and reported, never overwritten in silence.
 */
export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'ko']).default('system'),
  theme: z.enum(['system', 'light', 'dark', 'retro']).default('system'),
  density: z.enum(['compact', 'comfortable']).default('compact'),
  /** Percent of the processor, memory and disk at which a bar turns yellow and red. */
  thresholds: z
    .object({
      cpuWarningRatio: z.number().min(0).max(1).default(0.7),
      cpuCriticalRatio: z.number().min(0).max(1).default(0.9),
      memoryWarningRatio: z.number().min(0).max(1).default(0.8),
      memoryCriticalRatio: z.number().min(0).max(1).default(0.92),
      diskWarningRatio: z.number().min(0).max(1).default(0.85),
      diskCriticalRatio: z.number().min(0).max(1).default(0.95),
    })
    .prefault({}),
  services: z
    .object({
      /** Unit names to watch besides the well-known ones. */
      watch: z.array(z.string().max(256)).max(500).default([]),
      /** Well-known units not to watch. */
      ignore: z.array(z.string().max(256)).max(500).default([]),
    })
    .prefault({}),
  /** Local ports tried by "is my stack up?". */
  portChecks: z.array(portCheckSchema).max(50).default(usualPortChecks),
  kubernetes: z
    .object({
      /** Context of the kubeconfig; empty: its current one. */
      context: z.string().max(256).default(''),
      /** Empty: all namespaces. */
      namespace: z.string().max(253).default(''),
      /** Keys of the programs in kubeconfigs that the person agreed to run. */
      agreedCommands: z.array(z.string().max(128)).max(100).default([]),
    })
    .prefault({}),
  logs: z
    .object({
      /** Words that make a line an error besides what is recognised by itself: whole, or as part of a compound (TypeError, failed). */
      keywords: z.array(z.string().min(1).max(64)).max(50).default([]),
      /** Words shown in a colour, without regard to case. */
      highlights: z.array(highlightSchema).max(50).default(usualHighlights),
      /** Globs of files to follow besides the well-known ones. */
      files: z.array(followedFilesSchema).max(100).default([]),
      /** Well-known log files are followed. */
      wellKnownFiles: z.boolean().default(true),
      /** Pods of the cluster whose logs are followed and kept at the same time; 0: none, they are shown live only. */
      followedPods: z.number().int().min(0).max(500).default(50),
      /** Lines of a source (part of its name; empty: all) that are not kept, or the only ones that are; by word or /expression/. */
      noiseRules: z.array(noiseRuleSchema).max(200).default([]),
      /** Searches by name. */
      filters: z
        .array(z.object({ name: z.string().min(1).max(64), query: z.string().max(2_000) }))
        .max(100)
        .default([]),
      /** Entries older than this, or beyond this much disk, are taken away. */
      keepDays: z.number().int().min(1).max(365).default(14),
      keepMegabytes: z.number().int().min(16).max(1_048_576).default(1_024),
      /** Instead of being deleted, old days are kept as compressed files. */
      archive: z.boolean().default(false),
      /** Mask e-mail addresses too. */
      maskEmail: z.boolean().default(false),
    })
    .prefault({}),
  traffic: z
    .object({
      /** Logs that were opened by a person, newest first. */
      recent: z.array(recentTrafficSchema).max(20).default([]),
      /** Where prompts may be sent. The key is read from the environment when it is wanted, and kept nowhere. */
      model: modelSchema.nullable().default(null),
      /** Reports that are written by themselves. */
      reports: z.array(timedReportSchema).max(20).default([]),
    })
    .prefault({}),
  processes: z
    .object({
      view: z.enum(['flat', 'tree']).default('flat'),
      /** Columns of the table in order; unknown ones are left out, an empty list stands for the usual ones. */
      columns: z.array(z.string().max(32)).max(30).default([]),
      /** Allows what cuts sessions off (class K1), with the name typed. */
      expertActions: z.boolean().default(false),
      alarms: z
        .object({
          /** Cores one process may keep busy (1 = one core) for as long as the next value; 0: no alarm. */
          cpuCores: z.number().min(0).max(1024).default(0),
          cpuForSeconds: z.number().int().min(10).max(86_400).default(600),
          /** Share of the machine's memory one process may hold for as long as the next value; 0: no alarm. */
          memoryRatio: z.number().min(0).max(1).default(0.5),
          memoryForSeconds: z.number().int().min(10).max(86_400).default(60),
          /** Memory that grows steadily for hours. */
          leaks: z.boolean().default(true),
          restartLoops: z.boolean().default(true),
          /** A process starts to listen on all interfaces. */
          openListeners: z.boolean().default(true),
          /** An executable listens that never did on this machine. */
          firstSeenListeners: z.boolean().default(true),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Explicit engine address (unix:///…, tcp://…); empty = look in the usual places. */
  engineEndpoint: z.string().max(1024).default(''),
  notifications: z.boolean().default(true),
  /** The "still running in the tray" notice was given. */
  trayNoticeShown: z.boolean().default(false),
  /** The person has seen, or put away, what is offered to somebody new. */
  welcomed: z.boolean().default(false),
});

export type Settings = z.output<typeof settingsSchema>;

/** What a door may send to change settings: any part of them. */
export const settingsPatchSchema = z
  .object({
    language: settingsSchema.shape.language.unwrap(),
    theme: settingsSchema.shape.theme.unwrap(),
    density: settingsSchema.shape.density.unwrap(),
    thresholds: z
      .object({
        cpuWarningRatio: z.number().min(0).max(1),
        cpuCriticalRatio: z.number().min(0).max(1),
        memoryWarningRatio: z.number().min(0).max(1),
        memoryCriticalRatio: z.number().min(0).max(1),
        diskWarningRatio: z.number().min(0).max(1),
        diskCriticalRatio: z.number().min(0).max(1),
      })
      .partial(),
    services: z
      .object({
        watch: z.array(z.string().max(256)).max(500),
        ignore: z.array(z.string().max(256)).max(500),
      })
      .partial(),
    portChecks: z.array(portCheckSchema).max(50),
    kubernetes: z
      .object({
        context: z.string().max(256),
        namespace: z.string().max(253),
        agreedCommands: z.array(z.string().max(128)).max(100),
      })
      .partial(),
    logs: z
      .object({
        keywords: z.array(z.string().min(1).max(64)).max(50),
        highlights: z.array(highlightSchema).max(50),
        files: z.array(followedFilesSchema).max(100),
        wellKnownFiles: z.boolean(),
        followedPods: z.number().int().min(0).max(500),
        // Refused here and not in the file: one rule that means nothing must not put all settings aside.
        noiseRules: z.array(noiseRuleSchema.refine(({ match }) => createNoiseMatch(match) !== null, noUsableMatch)).max(200),
        filters: z.array(z.object({ name: z.string().min(1).max(64), query: z.string().max(2_000) })).max(100),
        keepDays: z.number().int().min(1).max(365),
        keepMegabytes: z.number().int().min(16).max(1_048_576),
        archive: z.boolean(),
        maskEmail: z.boolean(),
      })
      .partial(),
    traffic: z
      .object({
        recent: z.array(recentTrafficSchema).max(20),
        model: modelSchema.nullable(),
        reports: z.array(timedReportSchema).max(20),
      })
      .partial(),
    processes: z
      .object({
        view: z.enum(['flat', 'tree']),
        columns: z.array(z.string().max(32)).max(30),
        expertActions: z.boolean(),
        alarms: z
          .object({
            cpuCores: z.number().min(0).max(1024),
            cpuForSeconds: z.number().int().min(10).max(86_400),
            memoryRatio: z.number().min(0).max(1),
            memoryForSeconds: z.number().int().min(10).max(86_400),
            leaks: z.boolean(),
            restartLoops: z.boolean(),
            openListeners: z.boolean(),
            firstSeenListeners: z.boolean(),
          })
          .partial(),
      })
      .partial(),
    engineEndpoint: z.string().max(1024),
    notifications: z.boolean(),
    trayNoticeShown: z.boolean(),
    welcomed: z.boolean(),
  })
  .partial()
  .strict();

export type SettingsPatch = z.output<typeof settingsPatchSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});

/** Settings with a patch laid over them, group by group; lists are replaced whole. */
export function applySettingsPatch(settings: Settings, patch: SettingsPatch): Settings {
  return settingsSchema.parse(overlay(settings, patch));
}

function overlay(before: unknown, patch: unknown): unknown {
  if (!isGroup(patch) || !isGroup(before)) return patch;
  const merged = { ...before };
  for (const [key, value] of Object.entries(patch)) merged[key] = overlay(before[key], value);
  return merged;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
