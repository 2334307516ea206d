import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Notice } from '../../src-shared/contract';
import { translate } from '../../src-shared/messages/translate';
import { applySettingsPatch, defaultSettings, type Settings, type SettingsPatch, settingsSchema } from '../../src-shared/settings';

export interface SettingsFile {
  current(): Settings;
  /** Applies, writes and returns; rejects when the file cannot be written (the change is then not in force). */
  change(patch: SettingsPatch): Promise<Settings>;
}

/**
 * Settings of `<directory>/settings.json`. A file that does not parse is kept beside it as `settings.json.bad-<time>`
 * and reported; defaults are used until the user changes something. A missing file is normal.
 */
export async function openSettingsFile(
  directory: string,
  nowMs: number,
): Promise<{ readonly file: SettingsFile; readonly notice: Notice | null }> {
  const path = join(directory, 'settings.json');
  const { settings, notice } = await load(path, nowMs);
  let current = settings;
  let writing: Promise<unknown> = Promise.resolve();
  return {
    notice,
    file: {
      current: () => current,
      change(patch) {
        const next = writing.then(async () => {
          const changed = applySettingsPatch(current, patch);
          await writeWhole(path, `${JSON.stringify(changed, null, 2)}\n`);
          current = changed;
          return changed;
        });
        writing = next.catch(() => undefined);
        return next;
      },
    },
  };
}

/** For a command that opens no core: it leaves a file that cannot be understood as it is, and takes defaults. */
export async function readSettings(directory: string): Promise<Settings> {
  const text = await readFile(join(directory, 'settings.json'), 'utf8').catch(() => '{}');
  const parsed = settingsSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : defaultSettings;
}

/** Whether e-mail addresses are masked: see readSettings. */
export async function readMaskEmail(directory: string): Promise<boolean> {
  return (await readSettings(directory)).logs.maskEmail;
}

async function load(path: string, nowMs: number): Promise<{ readonly settings: Settings; readonly notice: Notice | null }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { settings: defaultSettings, notice: null };
    return { settings: defaultSettings, notice: setAsideNotice(path) };
  }
  const parsed = settingsSchema.safeParse(parseJson(text));
  if (parsed.success) return { settings: parsed.data, notice: null };
  const aside = `${path}.bad-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}`;
  await rename(path, aside);
  return { settings: defaultSettings, notice: setAsideNotice(aside) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON at all: the schema refuses undefined like any other wrong value.
    return undefined;
  }
}

function setAsideNotice(file: string): Notice {
  return { id: 'settings-set-aside', values: { file }, text: translate('en', 'notice.settings-set-aside', { file }) };
}

/** Never half a file: written beside it, then renamed over it. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}
