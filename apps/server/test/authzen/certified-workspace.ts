import { routes } from "@byot/api-contract";
import type { JsonAnswer, JsonRequest } from "@byot/testkit";
import { type Service, type ServiceOptions, startService } from "../support/service.js";

/** A service with the fixture of the AuthZEN certification scenario, and a key that may ask about subjects. */
export interface CertifiedService extends Service {
  /** Sends a body to one of the endpoints, with the key. */
  evaluate(endpoint: "evaluation" | "evaluations", request: JsonRequest): Promise<JsonAnswer>;
}

const isSubject = (id: string) => ({
  function: "string_equal",
  attribute: "external_subject",
  value: id,
});
const isAction = (name: string) => ({ function: "string_equal", attribute: "action", value: name });
const metadata = (key: string) => ({
  attribute: "request_metadata",
  metadata_key: key,
  on_missing: "false",
});
const isArchived = { function: "string_equal", ...metadata("status"), value: "archived" };
const isAdmin = {
  function: "string_equal",
  attribute: "ext_role",
  value: "admin",
  on_missing: "false",
};
const isSoft = { function: "boolean_equal", ...metadata("soft"), value: true };

/** The eight decisions that the scenario requires (section "Required Policy Behaviour"). */
const records = {
  name: "records",
  specification: {
    rules: [
      { rule_id: "anyone-reads", effect: "Allow", conditions: [isAction("read")] },
      {
        rule_id: "alice-writes-unless-archived",
        effect: "Allow",
        conditions: [
          isSubject("alice"),
          isAction("write"),
          { function: "not", conditions: [isArchived] },
        ],
      },
      {
        rule_id: "admins-write-what-is-archived",
        effect: "Allow",
        conditions: [isAdmin, isAction("write"), isArchived],
      },
      {
        rule_id: "alice-deletes-softly",
        effect: "Allow",
        conditions: [isSubject("alice"), isAction("delete"), isSoft],
      },
    ],
    default: { effect: "Deny" },
  },
};

/** Starts a service with the scenario's fixture. */
export async function startCertified(options?: ServiceOptions): Promise<CertifiedService> {
  const service = await startService(options);
  const actions = ["read", "write", "delete"];
  await service.call(routes.workspaces.create, { body: { id: "acme", name: "Acme" } });
  await service.call(routes.resources.create, { body: { name: "record", actions } });
  await service.call(routes.policies.create, {
    body: { ...records, appliesTo: [{ resource: "record", actions }] },
  });
  const key = await service.makeKey({ scopes: ["decisions:subject"], workspaceId: "acme" });
  return {
    ...service,
    evaluate: (endpoint, request) =>
      service.send(`/authzen/acme/access/v1/${endpoint}`, {
        method: "POST",
        ...request,
        headers: { authorization: `Bearer ${key}`, ...request.headers },
      }),
  };
}
