import type { ErasureCount, SubjectErasure } from "@byot/storage";
import { untilNone } from "./until-none.js";
import type { ErasurePart, ErasurePlace, WriterHost } from "./writer-calls.js";

/** Takes a subject out of a log, part by part, so that appends come in between. */
export async function eraseSubject(
  writer: WriterHost,
  workspaceId: string,
  erasure: SubjectErasure,
): Promise<ErasureCount> {
  let decisions = 0;
  let refusals = 0;
  for (const subject of new Set(erasure.subjects)) {
    const part = { workspaceId, erasure, subject };
    // oxlint-disable-next-line no-await-in-loop -- there is one writer
    decisions += await eraseDecisions(writer, part);
    // oxlint-disable-next-line no-await-in-loop -- there is one writer
    refusals += await untilNone(() => writer.call("eraseRefusals", part));
  }
  if (decisions + refusals > 0) {
    await writer.call("checkpointErasure", undefined);
  }
  return { decisions, refusals };
}

async function eraseDecisions(writer: WriterHost, part: ErasurePart): Promise<number> {
  let decisions = 0;
  let after: ErasurePlace | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- the next part starts where this one ends
    const erased = await writer.call("eraseDecisions", {
      ...part,
      ...(after !== undefined && { after }),
    });
    decisions += erased.decisions;
    after = erased.next;
  } while (after !== undefined);
  return decisions;
}
