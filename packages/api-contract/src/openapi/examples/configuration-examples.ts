import type { PolicyRoutes } from "../../policy-routes.js";
import type { Routes } from "../../route-table.js";
import { acme, inData, onlyPage } from "./acme.js";
import type { ExamplesOf } from "./route-example.js";

const workspace = { ...acme.stored, ...acme.workspace, id: "acme" };

/** Examples of workspaces. */
export const workspaceExamples: ExamplesOf<Routes["workspaces"]> = {
  list: { answer: onlyPage(workspace) },
  read: { answer: inData(workspace) },
  create: { body: { id: "acme", name: "Acme" }, answer: inData(workspace) },
  replace: { body: acme.workspace, answer: inData(workspace) },
  remove: {},
};

const policy = { ...acme.stored, ...acme.policy };
const finding = {
  path: "/specification/rules/0/conditions/0/attribute",
  code: "UNKNOWN_ATTRIBUTE",
  severity: "warning",
  message: "no provider maps a claim to `ext_rol`",
  suggestion: "ext_role",
};
const target = { resource: "orders", actions: ["approve"], priority: 0 };

/** Examples of policies. */
export const policyExamples: ExamplesOf<PolicyRoutes> = {
  list: { answer: onlyPage(policy) },
  read: { answer: inData(policy) },
  create: {
    body: { ...acme.policy, appliesTo: [target] },
    answer: inData({
      ...policy,
      permissions: [{ ...acme.stored, ...acme.permission, id: "order_approval-1" }],
    }),
  },
  replace: { body: acme.policy, answer: inData({ ...policy, findings: [] }) },
  remove: {},
  versions: { answer: onlyPage(policy) },
  version: { answer: inData(policy) },
  rollback: { body: { version: 9 }, answer: inData({ ...policy, findings: [] }) },
  validate: { body: acme.policy, answer: inData({ valid: true, findings: [finding] }) },
};

const resource = { ...acme.stored, ...acme.resource, name: "orders" };

/** Examples of resources. */
export const resourceExamples: ExamplesOf<Routes["resources"]> = {
  list: { answer: onlyPage(resource) },
  read: { answer: inData(resource) },
  create: { body: { ...acme.resource, name: "orders" }, answer: inData(resource) },
  replace: { body: acme.resource, answer: inData(resource) },
  remove: {},
};

const permission = { ...acme.stored, ...acme.permission, id: "approval" };

/** Examples of permissions. */
export const permissionExamples: ExamplesOf<Routes["permissions"]> = {
  list: { answer: onlyPage(permission) },
  read: { answer: inData(permission) },
  create: { body: { ...acme.permission, id: "approval" }, answer: inData(permission) },
  replace: { body: acme.permission, answer: inData(permission) },
  remove: {},
};

const document = {
  formatVersion: 1,
  workspace: acme.workspace,
  providers: [{ ...acme.provider, id: "clerk" }],
  resources: [{ ...acme.resource, name: "orders" }],
  policies: [acme.policy],
  permissions: [{ ...acme.permission, id: "approval" }],
};

/** Examples of whole configurations. */
export const configurationExamples: ExamplesOf<Routes["configuration"]> = {
  read: { answer: inData(document) },
  apply: {
    body: document,
    answer: inData({
      applied: true,
      version: 13,
      created: [{ kind: "permission", key: "approval" }],
      changed: [{ kind: "policy", key: "order_approval" }],
      deleted: [],
      findings: [],
    }),
  },
};

const apiKey = {
  id: "k3yk3yk3",
  name: "deployment",
  scopes: ["config:read", "config:write"],
  createdAt: acme.at,
  expiresAt: "2027-01-01T00:00:00.000Z",
};

/** Examples of API keys. */
export const apiKeyExamples: ExamplesOf<Routes["apiKeys"]> = {
  list: { answer: onlyPage(apiKey) },
  create: {
    body: { name: apiKey.name, scopes: apiKey.scopes, expiresAt: "2027-01-01T00:00:00Z" },
    answer: inData({ ...apiKey, key: `byot_k3yk3yk3_${"s".repeat(43)}` }),
  },
  revoke: {},
};
