import { nearestName, suggest } from "./nearest-name.js";
import { type DocumentPath, type LocatedProblem, quote } from "./policy-problem.js";

/** The problem of a time zone that the runtime does not know. */
export function unknownTimeZone(path: DocumentPath, name: string): LocatedProblem {
  return {
    path,
    code: "UNKNOWN_TIME_ZONE",
    message: `unknown time zone ${quote(name)}`,
    ...suggest(nearestName(name, ["UTC", ...Intl.supportedValuesOf("timeZone")])),
  };
}
