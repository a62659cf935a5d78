// What docs/sdk.md shows, in its order: a test compares the two.
import process from "node:process";
import type { ByotClient } from "@byot/sdk";
import { allow } from "./decisions.js";

/** One question. */
export async function oneCheck(byot: ByotClient, token: string): Promise<unknown> {
  const { data, requestId } = await byot.checkAuthorization({
    token,
    resource: "orders",
    action: "approve",
    context: { orderAmount: 50_000 },
    clientIp: "192.0.2.7", // an API key with `decisions:client_ip`
    explain: true, // an API key with `decisions:explain`
    minRevision: 12, // at least as new as what a write answered
  });
  return { data, requestId };
}

/** Three more ways to ask. */
export async function moreChecks(byot: ByotClient, token: string): Promise<unknown> {
  const both = await byot.checkAuthorizations({
    token,
    checks: [
      { resource: "orders", action: "read" },
      { resource: "orders", action: "approve", context: { orderAmount: 50_000 } },
    ],
  });
  const may = await byot.isAllowed({ token, resource: "orders", action: "read", onError: "deny" });
  await byot.checkOrThrow({ token, resource: "orders", action: "read" });
  return { both, may };
}

/** Lists. */
export async function lists(byot: ByotClient): Promise<unknown> {
  for await (const policy of byot.policies.list()) {
    process.stdout.write(`${policy.name} ${policy.version}\n`);
  }
  const { data, nextCursor } = await byot.policies.list({ limit: 20 }).page();
  return { data, nextCursor };
}

/** A change. */
export async function change(byot: ByotClient): Promise<void> {
  const { data: policy } = await byot.policies.read("order_approval");
  await byot.policies.replace(
    policy.name,
    { specification: policy.specification },
    { version: policy.version },
  );
}

/** A plan. */
export async function planned(byot: ByotClient): Promise<unknown> {
  const { data: document, version } = await byot.config.export();
  const { data: plan } = await byot.config.plan(document, { version });
  return plan;
}

/** An export. */
export async function exported(byot: ByotClient): Promise<void> {
  for await (const line of byot.audit.export({ decision: "Deny", from: "2026-03-01T00:00:00Z" })) {
    process.stdout.write(`${line}\n`); // one JSON text of a decision, as the server wrote it
  }
}

/** A stand-in. */
export function standIn(): unknown {
  const client = { checkAuthorization: async () => ({ data: allow, requestId: undefined }) };
  return client;
}
