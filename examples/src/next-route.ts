import { ByotClient } from "@byot/sdk";
import { withAuthorization } from "@byot/sdk/next";
// In your application: import { auth } from "@clerk/nextjs/server";
import { auth } from "./stand-ins/clerk.js";

// Where byot is and which workspace: BYOT_URL and BYOT_WORKSPACE.
const byot = new ByotClient();

/** app/api/premium/route.ts, step by step. */
export async function GET(): Promise<Response> {
  const { getToken } = await auth();
  const token = await getToken();
  if (token === null) {
    return Response.json({ error: "sign in first" }, { status: 401 });
  }
  const result = await byot.checkAuthorization({
    token,
    resource: "premium-features",
    action: "access",
  });
  if (!result.data.allowed) {
    return Response.json({ error: result.data.reason.message }, { status: 403 });
  }
  return Response.json({ feature: "the premium one" });
}

/** app/api/orders/[id]/approve/route.ts, with the wrapper: 401, 403 and 503 are answered by it. */
export const POST: (request: Request, route: OrderRoute) => Promise<Response> = withAuthorization(
  {
    client: byot,
    token: async () => (await auth()).getToken(),
    resource: "orders",
    action: "approve",
    // The body is read here and in the handler, so this reads a copy.
    context: async (request: Request) => ({ orderAmount: await amountIn(request.clone()) }),
  },
  async (request, { params }: OrderRoute) => {
    const { id } = await params;
    return Response.json({ approved: id, amount: await amountIn(request) });
  },
);

/** What Next.js hands to the route. */
interface OrderRoute {
  readonly params: Promise<{ readonly id: string }>;
}

async function amountIn(request: Request): Promise<number> {
  const body: unknown = await request.json();
  return typeof body === "object" && body !== null && "amount" in body
    ? Number(body.amount)
    : Number.NaN;
}
