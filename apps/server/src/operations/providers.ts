import type { NewProviderBody, ProviderAnswer, ProviderBody } from "@byot/api-contract";
import type { ProviderInput } from "@byot/storage";
import { checkProvider } from "./check-provider.js";
import { type ThingOperations, thingOperations } from "./collection.js";
import { describeProvider, readProvider } from "./provider-document.js";
import type { Services } from "./services.js";
import { slugOf } from "./slug.js";

/** The types a provider goes through. */
export interface ProviderTypes {
  /** What creates one. */
  readonly newBody: NewProviderBody;
  /** What replaces one. */
  readonly body: ProviderBody;
  /** What is written. */
  readonly input: ProviderInput;
  /** What is answered. */
  readonly answer: ProviderAnswer;
}

/** The operations on external auth providers. */
export function providerOperations(services: Services): ThingOperations<ProviderTypes> {
  return thingOperations<ProviderTypes>(services, {
    kind: "provider",
    unknownCode: "provider_unknown",
    store: services.storage.providers,
    find: ({ providers }, key) => providers.find(({ id }) => id === key),
    keyOf: ({ id }) => id,
    fromNewBody: ({ id, ...body }) => readProvider(id ?? slugOf(body.name), body),
    fromBody: readProvider,
    check: (input, configuration) => checkProvider(input, configuration, services.keyUrlRules),
    checkDeletion: () => undefined,
    put: (value, expectedVersion) => ({
      operation: "put",
      kind: "provider",
      value,
      expectedVersion,
    }),
    answer: describeProvider,
  });
}
