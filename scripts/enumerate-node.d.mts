interface Named {
  readonly module: string;
  readonly path: string;
}

interface Comparison {
  readonly apis: readonly (Named & { readonly since: number | null; readonly platforms?: readonly string[] })[];
  readonly excused: readonly Named[];
  readonly probedReleases: readonly string[];
  readonly names: ReadonlySet<string>;
  /** As in `process.versions.node`. */
  readonly version: string;
  /** As in `process.platform`. */
  readonly platform: string;
}

export function enumerateNode(): Promise<Set<string>>;
export function claimsToBlock(name: string): boolean;
export function compareCatalogue(comparison: Comparison): Record<'missing' | 'gone' | 'early', string[]>;
