import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

const executablePath = process.env["CHROMIUM_BIN"] ?? "/usr/bin/chromium";

/** Whether tests with a browser are left out: where there is none, but never in the whole run, which must have one. */
export const hasNoBrowser: boolean = !existsSync(executablePath) && process.env["CI"] !== "true";

/** Why tests with a browser are left out, for their titles. */
export const browserNote: string = hasNoBrowser
  ? ` (left out: no browser at ${executablePath}; CHROMIUM_BIN names another)`
  : "";

/** Starts the browser of this machine, to which `byot.lan` is this machine too. */
export function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ["--host-resolver-rules=MAP byot.lan 127.0.0.1"],
    ...options,
  });
}
