import type { LookupAddress, LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import type { AddressRule } from "./address-guard.js";

type LookupCallback = Parameters<LookupFunction>[2];

/** Resolves a host name to its addresses. */
export type HostResolver = (hostname: string) => Promise<readonly LookupAddress[]>;

/** A host name has an address that must not be connected to. */
export class ForbiddenAddressError extends Error {
  override readonly name: string = "ForbiddenAddressError";
}

/**
 * Makes the look-up of a connection, which sees the very addresses that are connected to: a name that
 * resolves differently the second time gains nothing. One forbidden address among many is one too many.
 */
export function createGuardedLookup(resolve: HostResolver, isAllowed: AddressRule): LookupFunction {
  return (hostname, options, callback) => {
    void answer(() => resolveAllowed(hostname, resolve, isAllowed), options, callback);
  };
}

/** Callers want either every address or the first. */
async function answer(
  find: () => Promise<[LookupAddress, ...LookupAddress[]]>,
  { all }: LookupOptions,
  callback: LookupCallback,
): Promise<void> {
  try {
    const addresses = await find();
    const [first] = addresses;
    process.nextTick(callback, null, all === true ? addresses : first.address, first.family);
  } catch (error) {
    process.nextTick(callback, toError(error), "", 0);
  }
}

async function resolveAllowed(
  hostname: string,
  resolve: HostResolver,
  isAllowed: AddressRule,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await resolve(hostname);
  if (first === undefined || ![first, ...others].every(({ address }) => isAllowed(address))) {
    throw new ForbiddenAddressError("the host name has an address that is not allowed");
  }
  return [first, ...others];
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error("the host name can not be resolved");
}
