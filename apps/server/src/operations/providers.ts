import type {
  NewProviderBody,
  NoParameters,
  ProviderAnswer,
  ProviderBody,
  ProviderWriteQuery,
  Routes,
  WorkspacePath,
} from "@byot/api-contract";
import type { ProviderInput } from "@byot/storage";
import { checkProvider } from "./check-provider.js";
import { thingOperations } from "./collection.js";
import { type ConfiguredThing, unless } from "./configured-thing.js";
import type { Invocation, OperationsOf } from "./operation.js";
import { type Outcome, refused } from "./outcome.js";
import { findConnectionProblem } from "./provider-connection.js";
import { describeProvider, readNewProvider, readProvider } from "./provider-document.js";
import { readKeys, refreshKeys } from "./provider-keys.js";
import type { Services } from "./services.js";
import { testConnection, testToken } from "./test-provider.js";

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

/** The operations on external auth providers. Nothing is stored whose keys cannot be had, unless it is asked for. */
export function providerOperations(services: Services): OperationsOf<Routes["providers"]> {
  const operations = thingOperations(services, providerThing(services));
  return {
    ...operations,
    create: async (invocation) => {
      const input = readNewProvider(invocation.body);
      const problem = await testBeforeWriting(services, invocation, input);
      return problem ?? operations.create(withoutQuery(invocation));
    },
    replace: async (invocation) => {
      const input = readProvider(invocation.path.key, invocation.body);
      const problem = await testBeforeWriting(services, invocation, input);
      return problem ?? operations.replace(withoutQuery(invocation));
    },
    test: testToken(services),
    testConnection: testConnection(services),
    keys: readKeys(services),
    refreshKeys: refreshKeys(services),
  };
}

/** What is particular to providers. */
export function providerThing(services: Services): ConfiguredThing<ProviderTypes> {
  return {
    kind: "provider",
    unknownCode: "provider_unknown",
    store: services.storage.providers,
    find: ({ providers }, key) => providers.find(({ id }) => id === key),
    keyOf: ({ id }) => id,
    fromNewBody: readNewProvider,
    fromBody: readProvider,
    check: (input, configuration) =>
      unless(checkProvider(input, configuration, services.keyUrlRules)),
    checkDeletion: () => undefined,
    put: (value, expectedVersion) => ({
      operation: "put",
      kind: "provider",
      value,
      expectedVersion,
    }),
    answer: describeProvider,
  };
}

type Write = Pick<
  Invocation<WorkspacePath, ProviderWriteQuery, unknown>,
  "path" | "query" | "expectedVersion"
>;

/**
 * The refusal of a provider whose keys cannot be had. Whatever else keeps it from being written is told by the writing
 * itself, and nothing is fetched then.
 */
async function testBeforeWriting(
  services: Services,
  { path, query, expectedVersion }: Write,
  input: Outcome<ProviderInput>,
): Promise<Outcome<never> | undefined> {
  if (query.skipConnectionTest || !input.ok) {
    return undefined;
  }
  const configuration = await services.storage.readConfiguration(path.workspace);
  const existing = configuration?.providers.find(({ id }) => id === input.value.id);
  // A new one expects version 0, which nothing has; a replacement expects the version that is there.
  if (configuration === undefined || (existing?.version ?? 0) !== expectedVersion) {
    return undefined;
  }
  const problem = await findConnectionProblem(services, input.value, configuration);
  return problem && refused(problem);
}

const noQuery: NoParameters = {};

function withoutQuery<Path, Body>(
  invocation: Invocation<Path, ProviderWriteQuery, Body>,
): Invocation<Path, NoParameters, Body> {
  return { ...invocation, query: noQuery };
}
