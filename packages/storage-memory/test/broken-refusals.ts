import { StorageError, type StorageErrorCode } from "@byot/storage";
import type { BrokenPromise } from "./broken-promise.js";

/** Storages that make what they should refuse, or say so. */
export const brokenRefusals: readonly BrokenPromise[] = [
  forgives(
    "ALREADY_EXISTS",
    "`ALREADY_EXISTS` when `expectedVersion` is `null` and the key is taken",
  ),
  forgives("ALREADY_EXISTS", "of concurrent creations under one key exactly one wins"),
  forgives("ALREADY_EXISTS", "of concurrent creations of one workspace exactly one wins"),
  forgives(
    "VERSION_CONFLICT",
    "`VERSION_CONFLICT` when the stored version is not `expectedVersion`",
  ),
  forgives(
    "VERSION_CONFLICT",
    "`VERSION_CONFLICT` when a workspace is replaced or deleted at another version",
  ),
  forgives("VERSION_CONFLICT", "`VERSION_CONFLICT` when the revision is not `expectedRevision`"),
  forgives("VERSION_CONFLICT", "of concurrent replacements of one version exactly one wins"),
  forgives(
    "VERSION_CONFLICT",
    "of concurrent changes checked against one revision exactly one wins",
  ),
  forgives("VERSION_CONFLICT", "of a replacement and a deletion at the same time exactly one wins"),
  forgives("NOT_FOUND", "`NOT_FOUND` when the workspace does not exist"),
  forgives("NOT_FOUND", "`NOT_FOUND` when the thing to replace or delete does not exist"),
  forgives(
    "NOT_FOUND",
    "`NOT_FOUND` when a permission would name a policy or a resource that does not exist",
  ),
  forgives("NOT_FOUND", "`NOT_FOUND` when a permission would name what only another workspace has"),
  forgives("NOT_FOUND", "`NOT_FOUND` when a permission of the set would name what the set deletes"),
  forgives("NOT_FOUND", "nothing can be written to a deleted workspace"),
  forgives("REFERENCED", "`REFERENCED` when a permission still names a deleted policy or resource"),
  forgives("REFERENCED", "one permission that was left alone is enough for `REFERENCED`"),
  forgives("TypeError", "a change set without writes, or with two for one thing, is a `TypeError`"),
  forgives("TypeError", "a `put` of another workspace than the change set's is a `TypeError`"),
  forgives("TypeError", "deleting the workspace together with other writes is a `TypeError`"),
  forgives("TypeError", "a time that is no valid date is a `TypeError`"),
];

/** Makes a refused change look like one that was made. */
function forgives(code: StorageErrorCode | "TypeError", caughtBy: string): BrokenPromise {
  return {
    does: `forgives what should be refused with ${code}`,
    caughtBy,
    breakIt: (storage) => ({
      ...storage,
      apply: async (changes) => {
        try {
          return await storage.apply(changes);
        } catch (error) {
          if ((error instanceof StorageError ? error.code : "TypeError") === code) {
            return 0;
          }
          throw error;
        }
      },
    }),
  };
}
