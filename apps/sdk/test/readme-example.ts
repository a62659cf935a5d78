import { ByotClient, TokenRefusedError } from "@byot/sdk";

const byot = new ByotClient({ baseUrl: "https://authz.acme.com", workspaceId: "acme" });

export async function approveOrder(token: string, orderAmount: number): Promise<number> {
  try {
    const result = await byot.checkAuthorization({
      token,
      resource: "orders",
      action: "approve",
      context: { orderAmount },
    });
    return result.data.allowed ? 200 : 403;
  } catch (error) {
    if (error instanceof TokenRefusedError) {
      return 401;
    }
    throw error;
  }
}
