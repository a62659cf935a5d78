/** What storage adds to every configured thing. */
export interface Stored {
  /** The workspace it belongs to. */
  readonly workspaceId: string;
  /**
   * The workspace's revision at which it was last written. Because revisions only grow, a version never
   * comes back, not even when a thing is deleted and made again under the same key, or the whole workspace is.
   */
  readonly version: number;
  /** When it was first written, to the millisecond; a thing made again after its deletion begins anew. */
  readonly createdAt: Date;
  /** When it was last written, to the millisecond. */
  readonly updatedAt: Date;
}
