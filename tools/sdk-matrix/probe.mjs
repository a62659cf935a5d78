// What every runtime has to make of the same answers, faults among them. Plain JavaScript, with web standards alone.
import { ByotClient, ByotError } from "../../apps/sdk/dist/index.js";
import { CheckClient } from "../../apps/sdk/dist/check.js";

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
const question = { token, resource: "orders", action: "approve", context: { orderAmount: 50_000 } };

async function decisionOf(byot) {
  const { data } = await byot.checkAuthorization(question);
  return [data.allowed, data.reason.code];
}

async function all(items) {
  const found = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

async function stopped(byot) {
  const controller = new AbortController();
  const asking = byot.checkAuthorization({ ...question, signal: controller.signal });
  controller.abort(new RangeError("navigated away"));
  return asking;
}

const cases = {
  allow: decisionOf,
  deny: decisionOf,
  obliged: decisionOf,
  batch: async (byot) => {
    const { data } = await byot.checkAuthorizations({ token, checks: [question, question] });
    return data.decisions.map(({ allowed }) => allowed);
  },
  expired: decisionOf,
  keyless: decisionOf,
  invalid: decisionOf,
  conflict: async (byot) => byot.policies.delete("premium_access", { version: 3 }),
  internal: decisionOf,
  busy: decisionOf,
  unavailable: decisionOf,
  down: async (byot) => byot.isAllowed({ ...question, onError: "deny" }),
  html: decisionOf,
  truncated: decisionOf,
  contradicting: decisionOf,
  redirect: decisionOf,
  reset: decisionOf,
  hang: decisionOf,
  stall: decisionOf,
  cut: decisionOf,
  list: async (byot) => (await all(byot.resources.list())).map(({ name }) => name),
  lines: async (byot) => all(byot.audit.export()),
  brokenLines: async (byot) => all(byot.audit.export()),
};

async function outcomeOf(attempt) {
  try {
    return await attempt();
  } catch (error) {
    const text = [String(error), error.stack, JSON.stringify(error)].join();
    const { name, code } = error;
    const secrets = text.includes(token) ? "with the token" : "without the token";
    return error instanceof ByotError ? [name, code, secrets] : [name, error.message];
  }
}

/** Asks the server at `baseUrl` everything; `run` tells this asking from others. */
export async function probeSdk(baseUrl, run) {
  const outcomes = {};
  for (const [name, attempt] of Object.entries(cases)) {
    // The limit of a hanging call ends it; those that answer are done long before.
    const timeoutMs = ["hang", "stall"].includes(name) ? 300 : 20_000;
    const options = { baseUrl: `${baseUrl}/${run}/${name}`, workspaceId: "acme", timeoutMs };
    // oxlint-disable-next-line no-await-in-loop -- the server counts what it is asked
    outcomes[name] = await outcomeOf(async () => attempt(new ByotClient(options)));
  }
  const options = { baseUrl: `${baseUrl}/${run}/hang`, workspaceId: "acme" };
  outcomes.aborted = await outcomeOf(async () => stopped(new ByotClient(options)));
  const lean = new CheckClient({ ...options, baseUrl: `${baseUrl}/${run}/allow` });
  outcomes.lean = await outcomeOf(async () => lean.isAllowed(question));
  return outcomes;
}
