import { issueToken } from "./identity-provider.js";
import { allowWhen, configuration } from "./configuration.js";

/** Premium members may read reports. */
export const acme = configuration({
  policies: [allowWhen({ function: "string_equal", attribute: "ext_plan", value: "premium" })],
  resources: { reports: ["read"] },
});

/** Ada is a premium member. */
export const token: string = await issueToken("ada");

export { noon } from "./identity-provider.js";
