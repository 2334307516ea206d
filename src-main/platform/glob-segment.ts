/** Whether anything in it stands for something else. */
export function isGlob(text: string): boolean {
  return /[*?[]/.test(text);
}

/** "a.{log,txt}" is two patterns. Without nesting; a brace that is not closed stands for itself. At most 64 patterns. */
export function expandBraces(pattern: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  if (found === null) return [pattern];
  const head = pattern.slice(0, found.index);
  const tail = pattern.slice(found.index + found[0].length);
  const expanded = (found[1] ?? '').split(',').flatMap((choice) => expandBraces(`${head}${choice}${tail}`));
  return expanded.slice(0, 64);
}

/**
 * Tells whether a file name matches one part of a pattern (without slashes), in time linear in the name for each star. A leading
 * dot must be written.
 */
export function compileGlobSegment(segment: string): (name: string) => boolean {
  const tokens = tokensOf(segment);
  return (name) => !(name.startsWith('.') && !segment.startsWith('.')) && matches(tokens, name);
}

type Token = '*' | ((character: string) => boolean);

function tokensOf(segment: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < segment.length; at += 1) {
    const character = segment.charAt(at);
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (character === '[') {
      const end = segment.indexOf(']', at + 2);
      if (end === -1) tokens.push((other) => other === '[');
      else {
        tokens.push(setOf(segment.slice(at + 1, end)));
        at = end;
      }
    } else tokens.push((other) => other === character);
  }
  return tokens;
}

function setOf(inside: string): (character: string) => boolean {
  const negated = inside.startsWith('!') || inside.startsWith('^');
  const members = negated ? inside.slice(1) : inside;
  return (character) => {
    for (let at = 0; at < members.length; at += 1) {
      const isRange = members.charAt(at + 1) === '-' && at + 2 < members.length;
      const last = isRange ? members.charAt(at + 2) : members.charAt(at);
      if (character >= members.charAt(at) && character <= last) return !negated;
      if (isRange) at += 2;
    }
    return negated;
  };
}

/** Goes back to the last star only: no pattern takes exponential time. */
function matches(tokens: readonly Token[], name: string): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const current = tokens[token];
    if (current === '*') {
      star = token;
      starAt = at;
      token += 1;
    } else if (current?.(name.charAt(at)) === true) {
      token += 1;
      at += 1;
    } else if (star !== -1) {
      token = star + 1;
      starAt += 1;
      at = starAt;
    } else return false;
  }
  while (tokens[token] === '*') token += 1;
  return token === tokens.length;
}
