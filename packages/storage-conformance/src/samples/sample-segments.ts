import type { ChainHead, Storage } from "@byot/storage";
import { decisionRecord } from "./sample-log-records.js";

/** Appends a segment to the log of `acme` for each list of decisions. Resolves to the head after each. */
export async function appendSegments(
  storage: Storage,
  segments: readonly (readonly number[])[],
): Promise<readonly ChainHead[]> {
  const heads: ChainHead[] = [];
  for (const segment of segments) {
    await storage.decisionLog.append(segment.map((n) => decisionRecord(n)));
    heads.push(...(await storage.decisionLog.checkpoint("acme")));
  }
  return heads;
}

/** The numbers of the decisions in the log of `acme`, in its order. */
export async function idsOf(storage: Storage): Promise<readonly number[]> {
  const { items } = await storage.decisionLog.list("acme", { limit: 200 });
  return items.map(({ decisionId }) => Number(decisionId.slice(-12)));
}
