import { canonicalFunctionName } from "../conditions/condition-functions.js";
import { readAt } from "../document/document-context.js";
import type { Condition } from "../document/policy-document.js";
import { quote } from "../document/policy-problem.js";
import { hint, type LocatedFinding } from "./finding.js";
import type { Placed } from "./walk-conditions.js";

/** A function that is written under another name than the one it is stored with. */
export function findAlias({ path }: Placed<Condition>, json: unknown): LocatedFinding[] {
  const place = [...path, "function"];
  const written = readAt(json, place);
  const name = typeof written === "string" ? canonicalFunctionName(written) : written;
  return typeof written !== "string" || typeof name !== "string" || name === written
    ? []
    : [
        {
          ...hint("ALIAS", place, `${quote(written)} is stored as ${quote(name)}`),
          suggestion: name,
        },
      ];
}
