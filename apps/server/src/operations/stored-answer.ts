import type { StoredAnswer } from "@byot/api-contract";
import type { Stored } from "@byot/storage";
import type { Written } from "./change-workspace.js";

/** What storage added to a thing, as it is answered. */
export function storedAnswer({
  version,
  createdAt,
  updatedAt,
}: Omit<Stored, "workspaceId">): StoredAnswer {
  return { version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** What storage added to a thing that has just been written. */
export function writtenAnswer(
  written: Written,
  existing?: Pick<Stored, "createdAt">,
): StoredAnswer {
  return storedAnswer({
    version: written.version,
    createdAt: existing?.createdAt ?? written.at,
    updatedAt: written.at,
  });
}
