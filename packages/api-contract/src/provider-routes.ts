import type { z } from "zod";
import {
  collectionRoutes,
  noParametersSchema,
  ordinaryBodyLimitBytes,
} from "./collection-routes.js";
import { dataAnswer } from "./envelope.js";
import {
  connectionAnswerSchema,
  diagnosisAnswerSchema,
  providerWriteQuerySchema,
  testTokenBodySchema,
} from "./provider-tests.js";
import { newProviderBodySchema, providerAnswerSchema, providerBodySchema } from "./providers.js";
import type { ItemPath, ProviderRoutes, WorkspacePath } from "./route-table.js";

/** Where the providers of a workspace are. */
export interface ProviderPaths {
  /** The collection's path. */
  readonly path: string;
  /** One item's path. */
  readonly itemPath: string;
  /** Reads the parameters of the collection's path. */
  readonly parent: z.ZodType<WorkspacePath>;
  /** Reads the parameters of one item's path. */
  readonly item: z.ZodType<ItemPath>;
}

const testing = {
  method: "post",
  query: noParametersSchema,
  bodyLimitBytes: ordinaryBodyLimitBytes,
  status: 200,
  requiresVersion: false,
} as const;

/** Makes the routes of external auth providers. */
export function providerRoutes({ path, itemPath, parent, item }: ProviderPaths): ProviderRoutes {
  return {
    ...collectionRoutes({
      path,
      itemPath,
      noun: "a provider",
      plural: "providers",
      read: "config:read",
      write: "config:write",
      schemas: {
        parent,
        item,
        newBody: newProviderBodySchema,
        body: providerBodySchema,
        answer: providerAnswerSchema,
        newAnswer: providerAnswerSchema,
        writeQuery: providerWriteQuerySchema,
        deleteQuery: noParametersSchema,
      },
    }),
    test: {
      ...testing,
      path: `${itemPath}/test`,
      summary: "Takes a token through every step of a check and says what is wrong with it.",
      access: "config:read",
      parameters: item,
      body: testTokenBodySchema,
      answer: dataAnswer(diagnosisAnswerSchema),
    },
    testConnection: {
      ...testing,
      path: `${path}/test-connection`,
      summary: "Fetches the keys of a provider that is not stored yet.",
      access: "config:write",
      parameters: parent,
      body: newProviderBodySchema,
      answer: dataAnswer(connectionAnswerSchema),
    },
  };
}
