/**
 * The expression of a search as JavaScript runs it: with full code points, or as the older syntax where it makes sense only there
 * (`\-`, a lone `{`); `^` and `$` are ends of lines, as entries hold several. Null: it makes no sense. It may take very
 * long on some texts, see `isLinearRegex`: run it only where it can be ended.
 */
export function compileLogRegex(term: { readonly source: string; readonly ignoreCase: boolean }): RegExp | null {
  const flags = term.ignoreCase ? 'mi' : 'm';
  return compiled(term.source, `${flags}u`) ?? compiled(term.source, flags);
}

function compiled(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
