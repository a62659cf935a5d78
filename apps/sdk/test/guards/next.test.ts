import { requireAuthorization, withAuthorization } from "@byot/sdk/next";
import { afterEach, describe, expect, test, vi } from "vitest";
import { allow, token } from "../decisions.js";
import { json, problem, startFaultServer } from "../fault-server.js";
import {
  allowing,
  clientOf,
  denying,
  expectedOf,
  outcomeOf,
  guardCases,
  signedIn,
} from "./cases.js";
import type { Served } from "./serve.js";
import { answeredBy } from "./serve.js";

type RouteHandler = (request: Request, route: Route) => Promise<Response>;

/** What Next.js hands to a route handler. */
interface Route {
  readonly params: Promise<{ readonly id: string }>;
}

function requestWith(headers: Readonly<Record<string, string>>): Request {
  const body = JSON.stringify({ orderId: "o-42" });
  return new Request("https://acme.com/orders/o-42/approve", { method: "POST", headers, body });
}

async function orderIn(request: Request): Promise<string> {
  const body: unknown = await request.json();
  return typeof body === "object" && body !== null && "orderId" in body ? String(body.orderId) : "";
}

// As `@clerk/nextjs` has it.
async function auth(): Promise<{ readonly getToken: () => Promise<string | null> }> {
  return { getToken: async () => token };
}

async function unreachable(): Promise<Response> {
  return expect.fail("the handler ran");
}

// What a handler throws, Next.js logs and answers with 500.
async function serve(handler: RouteHandler): Promise<Served> {
  return {
    ask: async (headers) => {
      const params = Promise.resolve({ id: "o-42" });
      try {
        return await answeredBy(await handler(requestWith(headers), { params }));
      } catch (error) {
        return { status: 500, headers: new Headers(), text: String(error) };
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the wrapper of a route handler", () => {
  test.each(Object.entries(guardCases))("answers %s", async (_name, guardCase) => {
    const outcome = await outcomeOf(guardCase, async (client) =>
      serve(
        withAuthorization(
          {
            client,
            resource: "orders",
            action: "approve",
            // The handler reads the body as well.
            context: async (request: Request) => ({ orderId: await orderIn(request.clone()) }),
          },
          async (request, { params }: Route, decision) => {
            expect(await request.json()).toEqual({ orderId: (await params).id });
            return new Response(`approved by ${decision.decisionId}`);
          },
        ),
      ),
    );

    expect(outcome).toMatchObject(expectedOf(guardCase));
  });

  test("takes the token from a session, as Clerk keeps it", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const handler = withAuthorization(
      {
        client: clientOf(server),
        resource: "orders",
        action: "approve",
        token: async () => (await auth()).getToken(),
      },
      async () => Response.json({ approved: true }),
    );

    const response = await handler(requestWith({}), undefined);

    expect(await response.json()).toEqual({ approved: true });
    expect(server.seen[0]?.body).toMatchObject({ token });
  });

  test("makes its client at the first request, when the environment is there", async () => {
    vi.stubEnv("BYOT_URL", undefined);
    const handler = withAuthorization({ resource: "orders", action: "approve" }, () => "approved");
    await expect(handler(requestWith(signedIn), undefined)).rejects.toThrow(TypeError);
    await using server = await startFaultServer(json(200, { data: allow }));
    vi.stubEnv("BYOT_URL", server.url);
    vi.stubEnv("BYOT_WORKSPACE", "acme");

    expect(await handler(requestWith(signedIn), undefined)).toBe("approved");
  });

  test("leaves the answer to a denial and to an error to the application", async () => {
    const own = {
      resource: "orders",
      action: "approve",
      onDeny: ({ reason }: { reason: { code: string } }) =>
        new Response(reason.code, { status: 404 }),
      onError: async (error: Error) => new Response(error.name, { status: 418 }),
    };
    await using server = await startFaultServer(problem(403, "scope_missing"));
    await using denied = await serve(withAuthorization({ ...own, client: denying }, unreachable));
    await using failed = await serve(
      withAuthorization({ ...own, client: clientOf(server) }, unreachable),
    );

    expect(await denied.ask(signedIn)).toMatchObject({ status: 404, text: "denied_by_default" });
    expect(await failed.ask(signedIn)).toMatchObject({ status: 418, text: "ApiKeyError" });
  });
});

describe("the guard for `proxy.ts`", () => {
  test("answers nothing to what is allowed, so that it goes on", async () => {
    const proxy = requireAuthorization({ client: allowing, resource: "orders", action: "approve" });

    expect(await proxy(requestWith(signedIn))).toBeUndefined();
  });

  test("never lets go on what the application denies without an answer", async () => {
    const forgetful = { resource: "orders", action: "approve", client: denying } as const;
    // @ts-expect-error -- JavaScript does not see that an answer is missing
    const onDeny = requireAuthorization({ ...forgetful, onDeny: () => undefined });
    // @ts-expect-error -- as above
    const onError = requireAuthorization({ ...forgetful, onError: async () => undefined });

    await expect(onDeny(requestWith(signedIn))).rejects.toThrow(/must answer with a `Response`/);
    await expect(onError(requestWith({}))).rejects.toThrow(/must answer with a `Response`/);
  });

  test("answers what is denied, and what has no token", async () => {
    const proxy = requireAuthorization({ client: denying, resource: "orders", action: "approve" });

    expect((await proxy(requestWith(signedIn)))?.status).toBe(403);
    expect((await proxy(requestWith({})))?.status).toBe(401);
  });
});
