const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A quantity of the Kubernetes API as a number in its base unit (cores, bytes): "250m", "1.5Gi", "12345678n", "1e3", "2".
 * Null for what is none. Grammar: resource.Quantity of apimachinery; a decimal exponent and a suffix exclude each other.
 */
export function parseQuantity(text: unknown): number | null {
  if (typeof text === 'number') return Number.isFinite(text) ? text : null;
  if (typeof text !== 'string') return null;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text);
  if (match === null) return null;
  const [, mantissa = '', exponent, suffix = ''] = match;
  const factor = exponent === undefined ? factors[suffix] : 10 ** Number(exponent);
  if (factor === undefined) return null;
  // A division keeps 250m at 0.25 where a product with 0.001 would not.
  const value = factor < 1 ? Number(mantissa) / Math.round(1 / factor) : Number(mantissa) * factor;
  return Number.isFinite(value) ? value : null;
}
