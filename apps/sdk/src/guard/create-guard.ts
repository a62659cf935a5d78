import { CheckClient } from "../check-client.js";
import type { Decision } from "../decisions/decision.js";
import { ByotError, TokenRefusedError } from "../errors/errors.js";
import type { FromRequest, GuardOptions } from "./guard-options.js";
import type { Refusal } from "./refusal.js";
import { refusalOfDenial, refusalOfError } from "./refusal.js";

/** What became of a request. Only `allowed` goes on. */
export type Verdict =
  | { readonly outcome: "allowed"; readonly decision: Decision }
  | { readonly outcome: "denied"; readonly decision: Decision; readonly refusal: Refusal }
  | {
      readonly outcome: "failed";
      readonly error: ByotError;
      readonly refusal: Refusal | undefined;
    };

/** Judges one request by the `Authorization` header it came with. */
export type Guard<Request> = (
  request: Request,
  authorization: string | null | undefined,
) => Promise<Verdict>;

const bearer = /^Bearer(?: +([\w.~+/-]+=*))? *$/i;

function refused(code: "token_missing" | "token_malformed", message: string): TokenRefusedError {
  return new TokenRefusedError(message, { code, status: 401 });
}

// RFC 6750 §2.1. Another scheme is none of ours, so there is no token.
function bearerToken(authorization: string | null | undefined): string {
  const header = authorization ?? "";
  if (!/^Bearer\b/i.test(header)) {
    throw refused("token_missing", "the request has no bearer token");
  }
  const token = bearer.exec(header)?.[1];
  if (token === undefined) {
    throw refused("token_malformed", "the `Authorization` header is not one bearer token");
  }
  return token;
}

async function find<Request, T>(source: FromRequest<Request, T>, request: Request): Promise<T> {
  return isFinder(source) ? source(request) : source;
}

function isFinder<Request, T>(
  source: FromRequest<Request, T>,
): source is (request: Request) => T | Promise<T> {
  return typeof source === "function";
}

/** Puts together what judges requests; the same for every framework. */
export function createGuard<Request>(options: GuardOptions<Request>): Guard<Request> {
  const { client = new CheckClient(), realm = "api" } = options;
  const tokenOf = async (
    request: Request,
    authorization: string | null | undefined,
  ): Promise<string> => {
    if (options.token === undefined) {
      return bearerToken(authorization);
    }
    const token = await options.token(request);
    if (token === undefined || token === null || token === "") {
      throw refused("token_missing", "the request has no token");
    }
    return token;
  };
  return async (request, authorization) => {
    try {
      const token = await tokenOf(request, authorization);
      const { data: decision } = await client.checkAuthorization({
        token,
        resource: await find(options.resource, request),
        action: await find(options.action, request),
        context: await find(options.context, request),
      });
      // SECURITY: nothing but the literal `true` goes on, whatever a client of the application's own answers.
      // oxlint-disable-next-line typescript/no-unnecessary-boolean-literal-compare -- see above
      return decision.allowed === true
        ? { outcome: "allowed", decision }
        : { outcome: "denied", decision, refusal: refusalOfDenial(decision, realm) };
    } catch (error) {
      if (error instanceof ByotError) {
        return { outcome: "failed", error, refusal: refusalOfError(error, realm) };
      }
      throw error;
    }
  };
}
