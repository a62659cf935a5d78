import { ByotClient } from "@byot/sdk";

// Where byot is and which workspace: BYOT_URL and BYOT_WORKSPACE.
const byot = new ByotClient();

/** Approves an order, if the holder of the token may approve one of this amount. */
async function approveOrder(token: string, orderAmount: number): Promise<string> {
  const result = await byot.checkAuthorization({
    token,
    resource: "orders",
    action: "approve",
    context: { orderAmount },
  });
  return result.data.allowed ? "approved" : `refused: ${result.data.reason.message}`;
}

// Your application has the user's token already; here the demo's identity provider issues one.
async function tokenOf(person: string): Promise<string> {
  const response = await fetch(`${process.env["BYOT_URL"]}/demo-idp/token/${person}`);
  return response.text();
}

console.log(`ada,  50000: ${await approveOrder(await tokenOf("ada"), 50_000)}`);
console.log(`cleo, 50000: ${await approveOrder(await tokenOf("cleo"), 50_000)}`);
console.log(`cleo, 10000: ${await approveOrder(await tokenOf("cleo"), 10_000)}`);
