import { decodeBase64Url, decodedLength } from "../base64url.js";
import type { JsonObject } from "../json-object.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import { parseStrictJson } from "../strict-json.js";
import type { TokenProblem } from "../token-refusal.js";

/** A token taken apart, with nothing believed yet. */
export interface ParsedToken {
  /** The token as it arrived. */
  readonly compact: string;
  /** The header, with every member still to be judged. */
  readonly header: JsonObject;
  /** The payload, still encoded. */
  readonly payload: Uint8Array;
}

const compactForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Takes a token apart: three canonical base64url parts of bounded size (RFC 7515 §7.1), a strict header. */
export function parseToken(token: unknown, limits: Limits): Result<ParsedToken, TokenProblem> {
  const compact = checkShape(token, limits);
  if (!compact.ok) {
    return compact;
  }
  const parts = decodeParts(compact.value, limits);
  if (!parts.ok) {
    return parts;
  }
  const header = parseStrictJson(parts.value.header, limits.jsonDepth);
  return header.ok
    ? succeed({ compact: compact.value, header: header.value, payload: parts.value.payload })
    : malformed(`the header ${header.error}`);
}

/** Reads the claims of a token; nothing in them is believed yet. */
export function parseClaims(token: ParsedToken, limits: Limits): Result<JsonObject, TokenProblem> {
  const claims = parseStrictJson(token.payload, limits.jsonDepth);
  return claims.ok ? claims : malformed(`the payload ${claims.error}`);
}

function checkShape(token: unknown, limits: Limits): Result<string, TokenProblem> {
  if (token === undefined || token === null || token === "") {
    return fail({ code: "token_missing", detail: "there is no token" });
  }
  if (typeof token !== "string") {
    return malformed("the token is not a string");
  }
  // The length comes first: nothing below ever reads a text of unbounded length.
  if (token.length > limits.tokenCharacters) {
    return tooLarge(`the token is longer than ${limits.tokenCharacters} characters`);
  }
  return compactForm.test(token)
    ? succeed(token)
    : malformed("the token is not three base64url parts joined by dots");
}

interface DecodedParts {
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
}

function decodeParts(compact: string, limits: Limits): Result<DecodedParts, TokenProblem> {
  const [header = "", payload = "", signature = ""] = compact.split(".");
  const oversized = [
    { name: "header", text: header, maximum: limits.headerBytes },
    { name: "payload", text: payload, maximum: limits.payloadBytes },
    { name: "signature", text: signature, maximum: limits.signatureBytes },
  ].find(({ text, maximum }) => decodedLength(text.length) > maximum);
  if (oversized !== undefined) {
    return tooLarge(`the ${oversized.name} is longer than ${oversized.maximum} bytes`);
  }
  const headerBytes = decodeBase64Url(header);
  const payloadBytes = decodeBase64Url(payload);
  if (
    headerBytes === undefined ||
    payloadBytes === undefined ||
    decodeBase64Url(signature) === undefined
  ) {
    return malformed("a part of the token is not canonical base64url");
  }
  return succeed({ header: headerBytes, payload: payloadBytes });
}

function malformed(detail: string): Result<never, TokenProblem> {
  return fail({ code: "token_malformed", detail });
}

function tooLarge(detail: string): Result<never, TokenProblem> {
  return fail({ code: "token_too_large", detail });
}
