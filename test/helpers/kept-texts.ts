import { openLogStore } from '../../src-main/store/logs/open-log-store';
import { parseLogQuery } from '../../src-shared/logs/parse-log-query';

/** Every line of one origin, or of all of them, in a store that nobody has open; the oldest first. */
export async function keptTexts(directory: string, origin: string | null = null): Promise<readonly string[]> {
  const store = openLogStore({ directory, searchThreadUrl: null, nowMs: Date.now });
  const everything = parseLogQuery('');
  if (!everything.ok) throw new Error('an empty query is one');
  const texts: string[] = [];
  let beforeId: number | null = null;
  do {
    const page = await store.search({ query: everything.query, beforeId, fromMs: null, toMs: null, limit: 1_000 });
    for (const record of page.records) if (origin === null || record.origin === origin) texts.push(record.text);
    beforeId = page.nextBeforeId;
  } while (beforeId !== null);
  await store.close();
  return texts.reverse();
}
