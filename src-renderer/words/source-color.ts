/** One of the eight source colours (1-8), always the same for the same name. */
export function sourceColorIndex(name: string): number {
  let hash = 2166136261;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 16777619);
  return ((hash >>> 0) % 8) + 1;
}
