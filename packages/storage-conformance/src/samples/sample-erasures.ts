import type { SubjectErasure } from "@byot/storage";
import { noon } from "./sample-changes.js";
import { recordId } from "./sample-log-records.js";
import { administrator } from "./sample-origins.js";

/** An erasure of Ada, unless more is said. */
export function erasureOf(changes: Partial<SubjectErasure> = {}): SubjectErasure {
  const { by } = administrator();
  return { erasureId: recordId(9000), subjects: ["ada"], at: noon, by, ...changes };
}
