/** Why there is no snapshot to decide on. */
export type SnapshotRefusal =
  | {
      /** There is no such workspace, or it never had a revision as high as the one asked for. */
      readonly code: "workspace_unknown" | "revision_unknown";
      /** What was wrong, in one line. */
      readonly detail: string;
    }
  | {
      /**
       * It has been too long since it was last certain that no change was missed, or the revision asked for is stored
       * but could not be loaded in time.
       */
      readonly code: "configuration_stale" | "revision_not_reached";
      /** What was wrong, in one line. */
      readonly detail: string;
      /** When another try makes sense, in seconds. */
      readonly retryAfterSeconds: number;
    };
