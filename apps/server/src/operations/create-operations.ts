import { apiKeyOperations } from "./api-keys.js";
import { auditOperations } from "./audit/audit-operations.js";
import { authzenOperations } from "./authzen/authzen-operations.js";
import { checkAuthorization, checkAuthorizations } from "./check-authorization.js";
import { configurationOperations } from "./configuration/configuration-operations.js";
import type { Operations } from "./operation.js";
import { permissionOperations } from "./permissions.js";
import { policyOperations } from "./policies.js";
import { providerOperations } from "./providers.js";
import { presetOperations } from "./read-presets.js";
import { resourceOperations } from "./resources.js";
import type { Services } from "./services.js";
import { sessionOperations } from "./session.js";
import { simulateCheck } from "./simulate-check.js";
import { workspaceOperations } from "./workspaces.js";

/** Everything the service can do, one operation for each route. */
export function createOperations(services: Services): Operations {
  return {
    decisions: {
      authorize: checkAuthorization(services),
      authorizeBatch: checkAuthorizations(services),
      simulate: simulateCheck(services),
    },
    authzen: authzenOperations(services),
    workspaces: workspaceOperations(services),
    providers: providerOperations(services),
    presets: presetOperations(),
    policies: policyOperations(services),
    resources: resourceOperations(services),
    permissions: permissionOperations(services),
    configuration: configurationOperations(services),
    apiKeys: apiKeyOperations(services),
    audit: auditOperations(services),
    session: sessionOperations(services),
  };
}
