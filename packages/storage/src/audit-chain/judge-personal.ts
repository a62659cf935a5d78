import { hashPersonal } from "./canonical.js";
import type { StoredDecision } from "./chain-reader.js";
import type { TextHash } from "./chain-segment.js";

/** What is found of a decision's personal fields. */
export type PersonalVerdict = "sealed" | "erased" | "personal_missing" | "personal_changed";

/** Compares a decision's personal fields with what the chain knows of them. */
export function judgePersonal(
  { personal, personalHash, isErased }: StoredDecision,
  hash: TextHash,
): PersonalVerdict {
  if (personal === undefined) {
    return isErased ? "erased" : "personal_missing";
  }
  if (isErased) {
    return "personal_changed";
  }
  try {
    const found = hashPersonal(personal.fields, personal.salt, hash);
    return found === personalHash ? "sealed" : "personal_changed";
  } catch {
    // What has no canonical text was never sealed.
    return "personal_changed";
  }
}
