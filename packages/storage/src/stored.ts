/** What storage adds to every configured thing. */
export interface Stored {
  /** The workspace it belongs to. */
  readonly workspaceId: string;
  /**
   * The workspace's revision at which it was last written. Because revisions only grow, a version never
   * comes back, not even when a thing is deleted and made again under the same key.
   */
  readonly version: number;
  /** When it was first written. */
  readonly createdAt: Date;
  /** When it was last written. */
  readonly updatedAt: Date;
}
