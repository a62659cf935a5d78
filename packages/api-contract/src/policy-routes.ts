import {
  collectionRoutes,
  type CollectionRoutes,
  type ConfiguredTypes,
  noBodySchema,
  type NoParameters,
  noParametersSchema,
  ordinaryBodyLimitBytes,
  policyBodyLimitBytes,
} from "./collection-routes.js";
import { type DataAnswer, dataAnswer, type PageAnswer, pageAnswer } from "./envelope.js";
import { type PageQuery, pageQuerySchema } from "./page-schema.js";
import { itemPathSchema, workspacePath, workspacePathSchema } from "./paths.js";
import type { ItemPath, WorkspacePath } from "./paths.js";
import {
  newPolicyAnswerSchema,
  newPolicyBodySchema,
  policyAnswerSchema,
  policyBodySchema,
} from "./policies.js";
import type { NewPolicyAnswer, NewPolicyBody, PolicyAnswer, PolicyBody } from "./policies.js";
import {
  policyDraftSchema,
  policyValidationSchema,
  policyVersionPathSchema,
  rollbackBodySchema,
} from "./policy-drafts.js";
import type {
  PolicyDraft,
  PolicyValidation,
  PolicyVersionPath,
  RollbackBody,
} from "./policy-drafts.js";
import type { Route } from "./route.js";

/** Policies: the collection, their versions, and what a draft is worth. */
export interface PolicyRoutes extends CollectionRoutes<
  ConfiguredTypes<NewPolicyBody, PolicyBody, PolicyAnswer, NewPolicyAnswer>
> {
  /** Every version ever written under the name, newest first, those before a deletion too. */
  readonly versions: Route<ItemPath, PageQuery, undefined, PageAnswer<PolicyAnswer>>;
  /** One version. */
  readonly version: Route<PolicyVersionPath, NoParameters, undefined, DataAnswer<PolicyAnswer>>;
  /** Writes what an earlier version says as a new one. */
  readonly rollback: Route<ItemPath, NoParameters, RollbackBody, DataAnswer<PolicyAnswer>>;
  /** Says what is to be known about a draft, and stores nothing. */
  readonly validate: Route<WorkspacePath, NoParameters, PolicyDraft, DataAnswer<PolicyValidation>>;
}

const path = `${workspacePath}/policies`;
const itemPath = `${path}/:key`;

const reading = {
  format: "json",
  method: "get",
  access: "config:read",
  parameters: itemPathSchema,
  query: noParametersSchema,
  body: noBodySchema,
  bodyLimitBytes: 0,
  status: 200,
  requiresVersion: false,
} as const;

/** The routes of policies. */
export const policyRoutes: PolicyRoutes = {
  ...collectionRoutes({
    path,
    itemPath,
    noun: "a policy",
    plural: "policies",
    read: "config:read",
    write: "config:write",
    bodyLimitBytes: policyBodyLimitBytes,
    schemas: {
      parent: workspacePathSchema,
      item: itemPathSchema,
      newBody: newPolicyBodySchema,
      body: policyBodySchema,
      answer: policyAnswerSchema,
      newAnswer: newPolicyAnswerSchema,
      writeQuery: noParametersSchema,
      deleteQuery: noParametersSchema,
    },
  }),
  versions: {
    ...reading,
    path: `${itemPath}/versions`,
    summary: "Lists every version of a policy, newest first.",
    query: pageQuerySchema,
    answer: pageAnswer(policyAnswerSchema),
  },
  version: {
    ...reading,
    path: `${itemPath}/versions/:version`,
    summary: "Reads one version of a policy.",
    parameters: policyVersionPathSchema,
    answer: dataAnswer(policyAnswerSchema),
  },
  rollback: {
    ...reading,
    method: "post",
    path: `${itemPath}/rollback`,
    summary: "Writes what an earlier version of a policy says as its newest.",
    access: "config:write",
    body: rollbackBodySchema,
    bodyLimitBytes: ordinaryBodyLimitBytes,
    answer: dataAnswer(policyAnswerSchema),
    requiresVersion: true,
  },
  validate: {
    ...reading,
    method: "post",
    path: `${path}/validate`,
    summary: "Says everything worth knowing about a draft of a policy, and stores nothing.",
    parameters: workspacePathSchema,
    body: policyDraftSchema,
    bodyLimitBytes: policyBodyLimitBytes,
    answer: dataAnswer(policyValidationSchema),
  },
};
