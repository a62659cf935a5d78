import {
  collectionRoutes,
  noBodySchema,
  noParametersSchema,
  ordinaryBodyLimitBytes,
  type CollectionRoutes,
  type ConfiguredTypes,
  type NoParameters,
} from "./collection-routes.js";
import { dataAnswer, type DataAnswer } from "./envelope.js";
import { itemPathSchema, workspacePath, workspacePathSchema } from "./paths.js";
import type { ItemPath, WorkspacePath } from "./paths.js";
import { type ProviderKeysAnswer, providerKeysAnswerSchema } from "./provider-keys.js";
import {
  connectionAnswerSchema,
  diagnosisAnswerSchema,
  providerWriteQuerySchema,
  testTokenBodySchema,
} from "./provider-tests.js";
import type {
  ConnectionAnswer,
  DiagnosisAnswer,
  ProviderWriteQuery,
  TestTokenBody,
} from "./provider-tests.js";
import { newProviderBodySchema, providerAnswerSchema, providerBodySchema } from "./providers.js";
import type { NewProviderBody, ProviderAnswer, ProviderBody } from "./providers.js";
import type { Route } from "./route.js";

/** External auth providers: the collection, and what tells whether one works. */
export interface ProviderRoutes extends CollectionRoutes<
  ConfiguredTypes<NewProviderBody, ProviderBody, ProviderAnswer, ProviderAnswer, ProviderWriteQuery>
> {
  /** Takes a token through every step of a check, and grants nothing. */
  readonly test: Route<ItemPath, NoParameters, TestTokenBody, DataAnswer<DiagnosisAnswer>>;
  /** Fetches the keys of a provider that is not stored yet. */
  readonly testConnection: Route<
    WorkspacePath,
    NoParameters,
    NewProviderBody,
    DataAnswer<ConnectionAnswer>
  >;
  /** How its keys are doing on the server that answers. */
  readonly keys: Route<ItemPath, NoParameters, undefined, DataAnswer<ProviderKeysAnswer>>;
  /** Fetches its keys now, unless that was just done, and says how they are doing. */
  readonly refreshKeys: Route<ItemPath, NoParameters, undefined, DataAnswer<ProviderKeysAnswer>>;
}

const path = `${workspacePath}/providers`;
const itemPath = `${path}/:key`;

const testing = {
  format: "json",
  method: "post",
  query: noParametersSchema,
  bodyLimitBytes: ordinaryBodyLimitBytes,
  status: 200,
  requiresVersion: false,
} as const;

const asking = {
  ...testing,
  parameters: itemPathSchema,
  body: noBodySchema,
  bodyLimitBytes: 0,
  answer: dataAnswer(providerKeysAnswerSchema),
} as const;

/** The routes of external auth providers. */
export const providerRoutes: ProviderRoutes = {
  ...collectionRoutes({
    path,
    itemPath,
    noun: "a provider",
    plural: "providers",
    read: "config:read",
    write: "config:write",
    schemas: {
      parent: workspacePathSchema,
      item: itemPathSchema,
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
    parameters: itemPathSchema,
    body: testTokenBodySchema,
    answer: dataAnswer(diagnosisAnswerSchema),
  },
  testConnection: {
    ...testing,
    path: `${path}/test-connection`,
    summary: "Fetches the keys of a provider that is not stored yet.",
    access: "config:write",
    parameters: workspacePathSchema,
    body: newProviderBodySchema,
    answer: dataAnswer(connectionAnswerSchema),
  },
  keys: {
    ...asking,
    method: "get",
    path: `${itemPath}/keys`,
    summary: "Says how a provider's keys are doing on the server that answers.",
    access: "config:read",
  },
  refreshKeys: {
    ...asking,
    path: `${itemPath}/refresh-keys`,
    summary: "Fetches a provider's keys now, unless that was just done.",
    access: "config:write",
  },
};
