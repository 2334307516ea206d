export function PatternsView() {
  return null;
}
