import type { Routes } from "@byot/api-contract";
import { unknownWorkspace } from "./existing-workspace.js";
import { checkSettings } from "./check-provider.js";
import type { OperationOf } from "./operation.js";
import { done, refused } from "./outcome.js";
import { describeConnection } from "./provider-connection.js";
import { readNewProvider } from "./provider-document.js";
import type { Services } from "./services.js";

type ProviderRoutes = Routes["providers"];

/** Explains a token to somebody who may read the configuration. Nothing is recorded and nothing granted. */
export function testToken(
  services: Pick<Services, "storage" | "diagnoseToken">,
): OperationOf<ProviderRoutes["test"]> {
  return async ({ path, body }) => {
    const configuration = await services.storage.readConfiguration(path.workspace);
    if (configuration === undefined) {
      return refused(unknownWorkspace(path.workspace));
    }
    const { providers: others } = configuration;
    const provider = others.find(({ id }) => id === path.key);
    if (provider === undefined) {
      const detail = `the workspace has no provider \`${path.key}\``;
      return refused({ code: "provider_unknown", detail });
    }
    const { token } = body;
    const diagnosis = await services.diagnoseToken({ token, provider, others, showClaims: true });
    return done({ answer: { data: diagnosis } });
  };
}

/** Fetches the keys of a provider that is not stored. */
export function testConnection(
  services: Pick<Services, "storage" | "keys" | "keyUrlRules">,
): OperationOf<ProviderRoutes["testConnection"]> {
  return async ({ path, body }) => {
    const configuration = await services.storage.readConfiguration(path.workspace);
    if (configuration === undefined) {
      return refused(unknownWorkspace(path.workspace));
    }
    const input = readNewProvider(body);
    if (!input.ok) {
      return input;
    }
    // SECURITY: what may not be stored may not be fetched from either.
    const problem = checkSettings(input.value, path.workspace, services.keyUrlRules);
    if (problem !== undefined) {
      return refused(problem);
    }
    return done({
      answer: { data: await describeConnection(services, input.value, path.workspace) },
    });
  };
}
