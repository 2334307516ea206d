/** What asks for a port, whole: `3000`, `:3000`, `port 3000`, `who has port 3000?`, `3000 포트`, `포트 3000번`. */
const questions: readonly RegExp[] = [
  /^:?(\d{1,5})$/,
  /^port\s*[:#]?\s*(\d{1,5})$/i,
  /^(?:who(?:'s|\s+is)?|what(?:'s|\s+is)?)\s+(?:(?:has|holds|uses|owns|on|at|in)\s+)?(?:port\s+)?:?(\d{1,5})\s*\??$/i,
  /^(?:누가\s*)?:?(\d{1,5})\s*번?\s*포트.*$/,
  /^포트\s*:?\s*(\d{1,5})\s*번?.*$/,
];

/** The port a palette query asks for; null: it asks for none. */
export function portOfQuery(query: string): number | null {
  const text = query.trim();
  const found = questions.map((question) => question.exec(text)?.[1]).find((one) => one !== undefined);
  const port = Number(found ?? 0);
  return port >= 1 && port <= 65_535 ? port : null;
}
