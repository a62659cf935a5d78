import { createHash, createHmac } from "node:crypto";
import { createAuthorizer, createDecisionRecorder, createStaticSnapshots } from "@byot/authorizer";
import { createLocalIdp, demoPeople, generateSigningKey } from "@byot/local-idp";
import { parsePolicy } from "@byot/policy-engine";
import { defaultWorkspaceSettings as settings } from "@byot/storage";
import { createKeySources, createTokenVerifier } from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";

const clock = () => new Date();
const issuer = "https://idp.acme.test";
const signing = { key: await generateSigningKey(), clock, people: demoPeople };
const idp = createLocalIdp({ ...signing, issuer, audience: "acme-api" });

const conditions = [{ function: "string_equal", attribute: "ext_plan", value: "premium" }];
const rules = [{ rule_id: "premium-plan", effect: "Allow", conditions }];
const policy = parsePolicy({ name: "premium", specification: { rules } });

const stored = { workspaceId: "acme", version: 1, createdAt: clock(), updatedAt: clock() };
const mapping = { attribute: "plan", jwtPath: "metadata.plan" };
const provider = { id: "acme-idp", name: "Acme", providerType: "oidc", enabled: true, issuer };
const trust = { allowedAudiences: ["acme-api"] as const, keys: { inline: idp.jwks() } };
const permission = { id: "read-reports", resource: "reports", actions: ["read"], priority: 0 };
const acme = {
  revision: 1,
  workspace: { ...stored, id: "acme", name: "Acme", settings },
  providers: [{ ...stored, ...provider, ...trust, claimMappings: [mapping] }],
  policies: policy.ok ? [{ ...stored, document: policy.value }] : [],
  resources: [{ ...stored, name: "reports", category: "custom", actions: ["read"] }],
  permissions: [{ ...stored, ...permission, policy: "premium" }],
};

export const log: unknown[] = []; // your log: `append` resolves once the records are safe
const decisionRecorder = createDecisionRecorder({
  log: { append: async (records) => void log.push(...records) },
  stopwatch: () => performance.now(),
  schedule(work, millis) {
    const timer = setTimeout(work, millis).unref();
    return () => clearTimeout(timer);
  },
  onNotRecorded: ({ error }) => process.emitWarning(`not recorded: ${String(error)}`),
});
const authorizer = createAuthorizer({
  workspaces: createStaticSnapshots([acme]),
  verifier: createTokenVerifier({ keys: createKeySources({ fetcher: createNodeFetcher() }) }),
  decisionRecorder,
  refusalRecorder: { record: (refused) => void log.push(refused) },
  clock,
  createId: () => crypto.randomUUID(), // better a UUIDv7: records then sort by time
  stopwatch: () => performance.now(),
  hash: (text) => createHash("sha256").update(text).digest("hex"),
  pseudonym: (...names) => createHmac("sha256", "secret").update(names.join("\n")).digest("hex"),
});

const issued = await idp.issueToken("ada");
const asked = { workspaceId: "acme", resource: "reports", action: "read", requestId: "r-1" };
export const checked = await authorizer.check({ ...asked, token: issued.ok ? issued.value : "" });
export const mayRead = checked.ok && checked.value.allowed; // true: ada's plan is premium
