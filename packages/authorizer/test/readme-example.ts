import { createHash, createHmac } from "node:crypto";
import { createAuthorizer, createDecisionRecorder, createStaticSnapshots } from "@byot/authorizer";
import { createKeySources, createTokenVerifier } from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import { acme, noon, token } from "./support/readme-workspace.js"; // a `WorkspaceConfiguration` of yours

export const log: unknown[] = []; // your log: `append` resolves once the records are safe
const clock = () => noon; // in earnest `new Date()`
const stopwatch = () => performance.now();
const keys = createKeySources({ fetcher: createNodeFetcher(), clock });
const authorizer = createAuthorizer({
  workspaces: createStaticSnapshots([acme]), // or `createWorkspaceSnapshots` of a storage
  verifier: createTokenVerifier({ keys, clock }),
  decisionRecorder: createDecisionRecorder({
    log: { append: async (records) => void log.push(...records) },
    stopwatch,
    schedule(work, millis) {
      const timer = setTimeout(work, millis).unref();
      return () => clearTimeout(timer);
    },
    onNotRecorded: ({ error }) => process.emitWarning(`not recorded: ${String(error)}`),
  }),
  refusalRecorder: { record: (refused) => void log.push(refused) }, // or `createRefusalRecorder`
  clock,
  createId: () => crypto.randomUUID(), // better a UUIDv7: records then sort by time
  stopwatch,
  hash: (text) => createHash("sha256").update(text).digest("hex"),
  pseudonym: (...names) => createHmac("sha256", "secret").update(names.join("\n")).digest("hex"),
});

const asked = { workspaceId: "acme", resource: "reports", action: "read", requestId: "r-1" };
export const checked = await authorizer.check({ ...asked, token });
export const mayRead = checked.ok && checked.value.allowed; // true: ada's plan is premium
