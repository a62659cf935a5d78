/** What every configured thing carries. */
export interface Stored {
  /**
   * The workspace's revision at which it was last written, and its entity tag. Pass it as `version` to replace or
   * delete it, and as `minRevision` to a check that has to know of it.
   */
  readonly version: number;
  /** When it was first written, RFC 3339 in UTC. */
  readonly createdAt: string;
  /** When it was last written, RFC 3339 in UTC. */
  readonly updatedAt: string;
}
