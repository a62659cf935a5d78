import type { ChainHead, ChainReport, Storage } from "@byot/storage";
import { expect } from "vitest";

/** Expects the chains of `acme` to be whole, and to hold that much. Resolves to the report. */
export async function expectIntact(
  storage: Storage,
  counts: Partial<Pick<ChainReport, "chains" | "segments" | "decisions" | "erased">> = {},
  expected?: readonly ChainHead[],
): Promise<ChainReport> {
  const report = await storage.decisionLog.verify("acme", expected);
  expect(report).toMatchObject({ intact: true, problemCount: 0, problems: [], ...counts });
  return report;
}
