import type { CallOptions } from "../transport/call-options.js";
import type { Answer } from "./answer.js";
import { ask } from "./ask.js";
import type { Connection } from "./connection.js";
import type { ClaimMapping } from "./provider.js";
import { listOfThings, objectHaving } from "./reads.js";

/** What is particular about an identity provider, to begin a configuration with. */
export interface Preset {
  /** The value of `providerType`. */
  readonly providerType: string;
  /** The product's name for people. */
  readonly name: string;
  /** How its issuers are spelt. */
  readonly issuer: {
    /** A correct one. */
    readonly example: string;
    /** Completes `an issuer of Okta …`. */
    readonly description: string;
    /** `required`, `forbidden` or `kept`. */
    readonly slash: string;
  };
  /** Other spellings of the issuer that its tokens carry. */
  readonly issuerAliases?: readonly string[];
  /** Which claims name the audience: the first that a token has decides. */
  readonly audienceClaims: readonly string[];
  /** What its tokens are signed with. */
  readonly algorithms: readonly string[];
  /** The `typ` headers its tokens have; `""` is an absent one. */
  readonly tokenTypes: readonly string[];
  /** Clock difference to forgive, in seconds. */
  readonly clockToleranceSeconds: number;
  /** The mappings to begin with. */
  readonly claimMappings: readonly ClaimMapping[];
  /** Where in its dashboard each setting is found. */
  readonly directions: readonly { readonly setting: string; readonly text: string }[];
  /** Texts to paste there. */
  readonly snippets: readonly { readonly title: string; readonly text: string }[];
  /** What people get wrong, one sentence each. */
  readonly pitfalls: readonly string[];
  /** Tokens as it issues them, with made-up values. */
  readonly samples: readonly {
    /** What is particular about it. */
    readonly title: string;
    /** What kind of token it is. */
    readonly kind: string;
    /** Its claims. */
    readonly claims: Readonly<Record<string, unknown>>;
  }[];
}

/** What the server knows of identity providers. */
export class Presets {
  readonly #connection: Connection;

  /** Clients make them. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** All of them; there are few. */
  async list(options: CallOptions = {}): Promise<Answer<readonly Preset[]>> {
    const request = { operation: "presets.list", path: "/v1/presets", options };
    const reads = listOfThings(objectHaving<Preset>("providerType", "name", "claimMappings"));
    return ask(this.#connection, request, reads);
  }
}
