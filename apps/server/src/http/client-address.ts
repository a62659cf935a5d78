import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";
import { connectionAddress } from "./connection-address.js";
import type { TrustsProxy } from "./trusted-proxies.js";

/** As much of a request as its client's address is read from. */
export type ForwardedRequest = Pick<IncomingMessage, "headers" | "socket">;

/** The address of the client of a request; `undefined` when it cannot be known. */
export type ReadClientAddress = (request: ForwardedRequest) => string | undefined;

const header = "x-forwarded-for";

/**
 * Finds out whom a request comes from. The connection's own address counts, unless it belongs to a proxy that is
 * believed: then the address that this proxy has written at the end of `X-Forwarded-For` does, and so on from right to
 * left until an address is nobody's whom we believe. What stands further left anybody can have written.
 *
 * When a believed proxy has written something else than an address, such as `unknown`, the address is not known.
 */
export function createClientAddressReader(isTrusted: TrustsProxy): ReadClientAddress {
  return ({ headers, socket }) => {
    const connection = connectionAddress(socket.remoteAddress);
    if (connection === undefined || !isTrusted(connection)) {
      return connection;
    }
    return walk(connection, forwardedFor(headers[header]), isTrusted);
  };
}

function walk(
  connection: string,
  forwarded: string | undefined,
  isTrusted: TrustsProxy,
): string | undefined {
  let address = connection;
  let rest = forwarded;
  while (rest !== undefined && isTrusted(address)) {
    const comma = rest.lastIndexOf(",");
    const named = forwardedAddress(rest.slice(comma + 1).trim());
    if (named === undefined) {
      // SECURITY: neither the proxy's own address nor anything further left stands in for it: a policy that lets
      // addresses of the own network in would let in somebody about whom nothing is known.
      return undefined;
    }
    address = named;
    rest = comma === -1 ? undefined : rest.slice(0, comma);
  }
  return address;
}

// Node joins the lines of this header by commas; the types allow for a list.
function forwardedFor(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "object" ? value.join(",") : value;
}

const withPort = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/;

/** An address, with or without brackets and a port: some proxies write the port of the client too. */
function forwardedAddress(entry: string): string | undefined {
  const [, bracketed, plain] = withPort.exec(entry) ?? [];
  if (bracketed !== undefined) {
    return isIPv6(bracketed) ? connectionAddress(bracketed) : undefined;
  }
  return connectionAddress(plain ?? entry);
}
