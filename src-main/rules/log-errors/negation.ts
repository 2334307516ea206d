/** How much text on either side of a word can take its meaning back. */
const reachBefore = 48;
const reachBehind = 72;

const negatedBefore = new RegExp(
  [
    // "no errors", "0 failed", "without any error", "did not fail", "no warnings or errors", "never failed"; not "1.0 failed", "10 errors".
    String.raw`(?:(?:^|[^a-z\d.,:])0|(?:^|[^a-z\d])(?:no|not|non|never|zero|none|without|didn['\u2019]t|doesn['\u2019]t|don['\u2019]t|won['\u2019]t|hasn['\u2019]t|isn['\u2019]t|wasn['\u2019]t|neither))`,
    String.raw`(?:[\s_-]{1,3}(?:an?|any|known|new|other|more|further|fatal|critical|serious|of|the|have|been|has|be|unexpected|such|real)){0,3}`,
    String.raw`(?:[\s_-]{1,3}\w{3,12}(?:,|[\s_-](?:or|and|nor)))?[\s_-]{0,3}$`,
  ].join(''),
  'i',
);
/** What a rule or handler is for: "restart on failure", "in case of error", "checking for errors"; "turn on failed" is none. */
const conditionBefore =
  /(?:^|[^a-z])(?:on|upon|in case of|in the event of|checks? for|checking for|looking for|scan(?:ning)? for|watch(?:ing)? for|free of|avoid|prevent|handle|handling|handles|ignore|ignores|ignoring|ignored|corrected|recovered from|simulat(?:e|es|ed|ing)|inject(?:ed|ing)?|tolerat(?:e|es|ed)|expected)(?:\s(?:an?|any|the|all|previous|possible|potential)){0,2}\s$/i;
/** "if it fails", "unless this failed". */
const ifBefore = /(?:^|[^a-z])(?:if|unless|whether|would have|should|might|may|can)(?:\s(?:it|this|that|any|an?|the|to|\w{3,16})){0,2}\s$/i;
const verb = /^(?:fail(?:s|ed|ing)?|crash(?:ed|es|ing)?|abort(?:ed|ing)?|died|refused|denied)$/i;
/** "caught end of stream exception", "got KeeperException": somebody dealt with it. */
const caughtBefore = /(?:^|[^a-z])(?:caught|got|catching|handled|swallowed|received)(?:\s(?!un)[\w-]{1,24}){0,4}\s?[\w.$]{0,60}$/i;

const emptyValue = String.raw`(?:["']?0{1,8}(?:\.0{1,8}|x0{1,16})?%?["']?(?![\w.])|["']?\[?\(?(?:none|null|nil|<nil>|\(null\)|no|false|undefined|n\/a|ok|success|off|disabled|0x0{1,16})\)?\]?["']?(?![\w-])(?! pointer)|""|''|\{\}|\[\])`;
const emptyBehind = new RegExp(
  String.raw`^(?:\(s\))?(?:[\s_-]?(?:count|counts|rate|ratio|total|totals|number|code|codes|status|tests?|checks?|jobs?|found|detected|so far|_?total))?["']?(?:\s{0,2}[=:]\s{0,3}|\s{1,2}(?=0\b))${emptyValue}`,
  'i',
);
/** "error =" with nothing more. A colon would open a list or a stack trace. */
const unfinishedValue = /^\s{0,2}=\s{0,8}$/;
/** The word names a thing: "error handler registered", "error log", "failure detector", "exception filter". */
const thingBehind =
  /^s?[\s_-]{1,2}(?:handl(?:er|ers|ing)|log(?:s|file|ger|ging)?|page|pages|report(?:er|ing|s)?|callback|detector|detection|budget|threshold|limit|level|levels|rate|policy|filter|boundary|domain|tracking|tolerance|tolerant|mode|injection|counter|counters|metrics|mapping|mapper|correction|correcting|template|templates|directory|free|less|safe|over|back|fast|listener|middleware|translator|strategy|monitor(?:ing)?|checking|checks?|codes? (?:table|list)|dialog|stream|output|console)\b/i;
const negativeBehind =
  /^s?\s{1,2}(?:(?:was|were|is|are|has been|have been)\s)?(?:not (?:found|detected|expected|present)|none|cleared|corrected|fixed|gone|absent|recovered|resolved|has cleared)\b|^s?(?:\(s\))?\s(?:detected and )?corrected\b|^\s?(?:이|가|은|는)?\s?(?:없|0\s?[건개회])|^\s?[:=]?\s?0\s?[건개회]/i;

/** What takes a word of failure back, as written; null: nothing does. */
export function findNegation(text: string, start: number, end: number): string | null {
  const before = text.slice(Math.max(0, start - reachBefore), start);
  const behind = text.slice(end, end + reachBehind);
  const condition = verb.test(text.slice(start, end)) ? ifBefore : conditionBefore;
  const negation =
    negatedBefore.exec(before) ??
    condition.exec(before) ??
    emptyBehind.exec(behind) ??
    thingBehind.exec(behind) ??
    negativeBehind.exec(behind);
  if (negation !== null) return negation[0].trim();
  // A value that was cut by the reach is not an empty one.
  return end + behind.length === text.length && unfinishedValue.test(behind) ? behind.trim() : null;
}

/** Of an exception: a program says that it caught it. */
export function isCaught(text: string, start: number): boolean {
  return caughtBefore.test(text.slice(Math.max(0, start - 120), start));
}
