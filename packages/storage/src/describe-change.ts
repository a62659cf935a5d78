import type { ChangeOrigin, ChangeRecord } from "./change-log.js";

/** One change, before it is known what it is called. */
export interface DescribedChange extends Pick<
  ChangeRecord,
  "workspaceId" | "revision" | "at" | "kind" | "key"
> {
  /** Who made it. */
  readonly origin: ChangeOrigin;
  /** What was there before; `undefined` when nothing was. */
  readonly before: ChangeRecord["before"] | undefined;
  /** What is there now; `undefined` when nothing is. */
  readonly after: ChangeRecord["after"] | undefined;
}

/** The record of a change: what was there before and is there now says what was done. */
export function describeChange(change: DescribedChange): Omit<ChangeRecord, "changeId"> {
  const { workspaceId, revision, at, kind, key, origin, before, after } = change;
  const { by, requestId } = origin;
  return {
    workspaceId,
    revision,
    at,
    by,
    ...(requestId !== undefined && { requestId }),
    kind,
    key,
    operation: after === undefined ? "delete" : before === undefined ? "create" : "replace",
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
