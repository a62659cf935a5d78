import { writePrivateFile } from "../process/private-file.js";
import { demoWorkspaceId } from "./demo-workspace.js";

/** What a client needs to reach the demo. */
export interface DemoAccess {
  /** Where the demo answers. */
  readonly url: string;
  /** The key that may do everything. */
  readonly apiKey: string;
}

/** Writes the variables that the SDK reads into a file that only its owner can read. */
export function writeDemoEnvironment(file: string, { url, apiKey }: DemoAccess): Promise<void> {
  return writePrivateFile(
    file,
    `BYOT_URL=${url}\nBYOT_WORKSPACE=${demoWorkspaceId}\nBYOT_API_KEY=${apiKey}\n`,
  );
}
