import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import helmet, { type HelmetOptions } from "helmet";
import { type HeaderFields, setFields } from "./header-fields.js";

/** What pages and answers may do in a browser: every directive that is allowed anything, as helmet takes them. */
export type ContentPolicy = Readonly<Record<string, readonly string[]>>;

// Nothing may be loaded from an answer, and no page may frame it.
const nothing: ContentPolicy = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };

/**
 * The header fields by which browsers treat answers with care: what helmet sets, read off once, so that every answer
 * carries the same ones whether Express sends it or not.
 *
 * @param content - What a page may load. @defaultValue nothing
 */
export function securityHeaders(content: ContentPolicy = nothing): HeaderFields {
  const fields = new Map<string, string>();
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  // The names are kept as helmet spells them.
  response.setHeader = (name, value) => {
    fields.set(name, String(value));
    return response;
  };
  let failure: unknown;
  helmet(optionsFor(content))(response.req, response, (error) => {
    failure = error;
  });
  if (failure !== undefined) {
    throw new TypeError("helmet does not take the content policy", { cause: failure });
  }
  return Object.freeze(Object.fromEntries(fields));
}

// Browsers heed them only by https, and complain of them on pages that come by http.
const forHttpsAlone = ["Cross-Origin-Opener-Policy", "Origin-Agent-Cluster"];

/** Makes what lets an answer be a page that may load something. */
export function allowContent(content: ContentPolicy): (response: ServerResponse) => void {
  const fields = securityHeaders(content);
  return (response) => {
    setFields(response, fields);
    for (const name of forHttpsAlone) {
      response.removeHeader(name);
    }
  };
}

function optionsFor(content: ContentPolicy): HelmetOptions {
  const directives = Object.fromEntries(
    Object.entries(content).map(([name, sources]) => [name, [...sources]]),
  );
  return {
    // The server speaks http, also to browsers on a private network, where this and `upgrade-insecure-requests`, which
    // helmet's own content policy has, would make them insist on https. It is for the proxy that speaks TLS to set.
    strictTransportSecurity: false,
    contentSecurityPolicy: { useDefaults: false, directives },
  };
}
