/** How much is kept of workspaces, and for how long. */
export interface SnapshotLimits {
  /** Most snapshots that are kept; those not asked for the longest go first. @defaultValue 10,000 */
  readonly workspaces: number;
  /**
   * How much memory all of them may take, in bytes, as estimated from the length of their configurations. One that is
   * larger alone is kept alone. @defaultValue 268,435,456 (256 MiB)
   */
  readonly bytes: number;
  /**
   * How long it may be since it was last certain that no change was missed, in milliseconds; nothing is decided
   * afterwards. @defaultValue 30,000
   */
  readonly staleMillis: number;
  /** How long a check waits for the revision it asks for, in milliseconds. @defaultValue 1,000 */
  readonly waitMillis: number;
  /** How long it is remembered that there is no such workspace, in milliseconds. @defaultValue 2,000 */
  readonly unknownMillis: number;
}

/** What is kept unless other limits are given. */
export const defaultSnapshotLimits: SnapshotLimits = {
  workspaces: 10_000,
  bytes: 256 * 1024 * 1024,
  staleMillis: 30_000,
  waitMillis: 1_000,
  unknownMillis: 2_000,
};
