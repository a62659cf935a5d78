import { auditExamples } from "./audit-examples.js";
import {
  apiKeyExamples,
  configurationExamples,
  permissionExamples,
  policyExamples,
  resourceExamples,
  workspaceExamples,
} from "./configuration-examples.js";
import { authzenExamples, decisionExamples, sessionExamples } from "./decision-examples.js";
import { presetExamples, providerExamples } from "./provider-examples.js";
import type { RouteExamples } from "./route-example.js";

/** One example of each route. */
export const routeExamples: RouteExamples = {
  decisions: decisionExamples,
  authzen: authzenExamples,
  workspaces: workspaceExamples,
  providers: providerExamples,
  presets: presetExamples,
  policies: policyExamples,
  resources: resourceExamples,
  permissions: permissionExamples,
  configuration: configurationExamples,
  apiKeys: apiKeyExamples,
  audit: auditExamples,
  session: sessionExamples,
};
