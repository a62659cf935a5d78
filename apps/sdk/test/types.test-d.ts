import type {
  AuthorizationCheck,
  ByotClient,
  ByotClientOptions,
  CheckResult,
  ErrorCode,
  FetchLike,
  ReasonCode,
} from "@byot/sdk";
import { expectTypeOf } from "vitest";

declare const byot: ByotClient;
declare const token: string;

// The runtime's own `fetch` can be passed, as it is or wrapped.
expectTypeOf<typeof fetch>().toExtend<FetchLike>();

// `allowed` is a boolean and nothing that could be truthy by accident.
expectTypeOf<CheckResult["data"]["allowed"]>().toEqualTypeOf<boolean>();

// Codes complete in an editor, and one of a newer server is still a string.
expectTypeOf<"token_expired">().toExtend<ErrorCode>();
expectTypeOf<string>().toExtend<ErrorCode>();
expectTypeOf<string>().toExtend<ReasonCode>();

// What a program may not have set can be passed as it is.
expectTypeOf<{ baseUrl: string | undefined }>().toExtend<ByotClientOptions>();
expectTypeOf<{ region?: string }>().toExtend<NonNullable<AuthorizationCheck["context"]>>();

expectTypeOf(
  byot.checkAuthorization({
    token,
    resource: "orders",
    action: "approve",
    context: { orderAmount: 1 },
  }),
).resolves.toEqualTypeOf<CheckResult>();

// @ts-expect-error a check without a token is a mistake
void byot.checkAuthorization({ resource: "orders", action: "approve" });

// @ts-expect-error a misspelt `context` must not be ignored
void byot.checkAuthorization({ token, resource: "orders", action: "approve", contxt: {} });

// @ts-expect-error a bigint has no JSON
void byot.checkAuthorization({ token, resource: "orders", action: "approve", context: { n: 1n } });

// @ts-expect-error a decision is never a boolean by itself: ask `isAllowed` or read `data.allowed`
expectTypeOf<CheckResult>().toExtend<boolean>();
