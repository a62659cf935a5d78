import type { WorkspaceSettings } from "@byot/api-contract";
import type { OperationProblem } from "./outcome.js";

/** What keeps settings from being stored that only this runtime can tell, or `undefined`. */
export function checkWorkspaceSettings({
  timeZone,
}: WorkspaceSettings): OperationProblem | undefined {
  if (isTimeZone(timeZone)) {
    return undefined;
  }
  const message = "is not the name of a time zone, such as `Europe/Berlin` or `UTC`";
  const path = "/settings/timeZone";
  const code = "time_zone_unknown";
  return { code, detail: `\`${path}\` ${message}`, errors: [{ path, code, message }] };
}

// Some runtimes also take offsets such as `+01:00`, which policies do not.
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) {
    return false;
  }
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
