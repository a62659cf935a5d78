import type { Routes } from "@byot/api-contract";
import { unknownWorkspace } from "../existing-workspace.js";
import type { OperationsOf } from "../operation.js";
import { done, refused } from "../outcome.js";
import type { Services } from "../services.js";
import { applyConfiguration } from "./apply-configuration.js";
import { configDocument } from "./config-document.js";

/** The operations on a workspace's whole configuration. */
export function configurationOperations(services: Services): OperationsOf<Routes["configuration"]> {
  return {
    async read({ path }) {
      const configuration = await services.storage.readConfiguration(path.workspace);
      return configuration === undefined
        ? refused(unknownWorkspace(path.workspace))
        : done({
            answer: { data: configDocument(configuration) },
            version: configuration.revision,
          });
    },
    apply: applyConfiguration(services),
  };
}
