import { decodedLength, hasNoUnusedBits } from "../base64url.js";
import type { JsonObject } from "../json-object.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import { parseStrictJson } from "../strict-json.js";
import type { SignatureEngine } from "../signatures/signature-engine.js";
import type { TokenProblem } from "../token-refusal.js";
import type { KnownHeaders } from "./known-headers.js";
import { readTokenHeader, type TokenHeader } from "./token-header.js";

/** A token of the right shape, with nothing decoded yet. */
export interface TokenShape {
  /** The token as it arrived. */
  readonly compact: string;
  /** Its first part. */
  readonly header: string;
  /** Its second part. */
  readonly payload: string;
}

/** A signed text in compact form (RFC 7515 §7.1), taken apart, with nothing believed yet. */
export interface Jws {
  /** The text as it arrived. */
  readonly compact: string;
  /** The members of its header that are used. */
  readonly header: TokenHeader;
  /** What it says: for a token, its claims as JSON. */
  readonly payload: Uint8Array;
}

/** A signed text may be empty; as a token it is refused with its claims, being no JSON. */
const compactForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/;

/** Checks that a token is three canonical base64url parts of bounded size (RFC 7515 §7.1). */
export function checkTokenShape(token: unknown, limits: Limits): Result<TokenShape, TokenProblem> {
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
    ? checkParts(token, limits)
    : malformed("the token is not three base64url parts joined by dots");
}

/** What reading a token takes. */
export interface TokenReading {
  /** How large and how deep a token may be. */
  readonly limits: Limits;
  /** Decodes the parts. */
  readonly engine: SignatureEngine;
  /** Headers that were read before. */
  readonly headers: KnownHeaders;
}

/** Decodes a token of the right shape and reads its header, strictly. */
export function readJws(shape: TokenShape, reading: TokenReading): Result<Jws, TokenProblem> {
  const { compact, header: text } = shape;
  const known = reading.headers.recall(text);
  const header = known === undefined ? readHeader(text, reading) : succeed(known);
  return header.ok
    ? succeed({ compact, header: header.value, payload: reading.engine.decode(shape.payload) })
    : header;
}

/** Reads the claims of a token; nothing in them is believed yet. */
export function parseClaims({ payload }: Jws, limits: Limits): Result<JsonObject, TokenProblem> {
  const claims = parseStrictJson(payload, limits.jsonDepth);
  return claims.ok ? claims : malformed(`the payload ${claims.error}`);
}

function readHeader(
  text: string,
  { engine, limits }: TokenReading,
): Result<TokenHeader, TokenProblem> {
  const members = parseStrictJson(engine.decode(text), limits.jsonDepth);
  return members.ok
    ? readTokenHeader(members.value, limits)
    : malformed(`the header ${members.error}`);
}

function checkParts(compact: string, limits: Limits): Result<TokenShape, TokenProblem> {
  const firstDot = compact.indexOf(".");
  const lastDot = compact.lastIndexOf(".");
  const header = compact.slice(0, firstDot);
  const payload = compact.slice(firstDot + 1, lastDot);
  const signature = compact.slice(lastDot + 1);
  const oversized =
    findOversized("header", header, limits.headerBytes) ??
    findOversized("payload", payload, limits.payloadBytes) ??
    findOversized("signature", signature, limits.signatureBytes);
  if (oversized !== undefined) {
    return fail(oversized);
  }
  return hasNoUnusedBits(header) && hasNoUnusedBits(payload) && hasNoUnusedBits(signature)
    ? succeed({ compact, header, payload })
    : malformed("a part of the token is not canonical base64url");
}

function findOversized(name: string, text: string, maximum: number): TokenProblem | undefined {
  return decodedLength(text.length) > maximum
    ? { code: "token_too_large", detail: `the ${name} is longer than ${maximum} bytes` }
    : undefined;
}

function malformed(detail: string): Result<never, TokenProblem> {
  return fail({ code: "token_malformed", detail });
}

function tooLarge(detail: string): Result<never, TokenProblem> {
  return fail({ code: "token_too_large", detail });
}
