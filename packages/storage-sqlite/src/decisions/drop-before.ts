import type { DropCount } from "@byot/storage";
import { untilNone } from "./until-none.js";
import type { DroppedPart, WriterHost } from "./writer-calls.js";

/** Drops what is old, part by part, so that appends come in between. */
export async function dropBefore(
  writer: WriterHost,
  workspaceId: string,
  before: Date,
): Promise<DropCount> {
  const drop = { workspaceId, before };
  const count = { segments: 0, decisions: 0, refusals: 0 };
  let part: DroppedPart;
  do {
    // oxlint-disable-next-line no-await-in-loop -- what is left depends on what went
    part = await writer.call("dropDecisions", drop);
    count.segments += part.segments;
    count.decisions += part.decisions;
  } while (part.segments > 0);
  count.refusals = await untilNone(() => writer.call("dropRefusals", drop));
  return count;
}
