export interface ResolvedElectron {
  readonly path: string;
  readonly folder: string;
  readonly version: string;
  readonly origin: 'override' | 'npm' | 'provisioned';
  readonly why: string;
  readonly environment: Readonly<Record<string, string>>;
}
export function resolveElectron(options?: { readonly say?: (line: string) => void }): Promise<ResolvedElectron>;
export function describeElectron(electron: ResolvedElectron): string;
