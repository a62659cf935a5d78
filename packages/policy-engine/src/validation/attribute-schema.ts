import { standardAttributes } from "../conditions/standard-attributes.js";
import type { ScalarTypeName } from "../values/scalar-types.js";

/** A type an attribute can have. `numeric_date` is seconds since 1970, which date-time functions read. */
export type SchemaTypeName = ScalarTypeName | `${ScalarTypeName}_set` | "numeric_date";

/** What is known about one attribute of a workspace. */
export interface AttributeDescription {
  /** Its type; absent when it is not known, so that nothing is said about uses of it. */
  readonly type?: SchemaTypeName;
  /** Every value it can have; absent when there is no such list. */
  readonly enum?: readonly (string | number | boolean)[];
  /** Whether every request has it. @defaultValue `false` */
  readonly required?: boolean;
  /** Who vouches for it: a verified token, the calling application or the server. */
  readonly origin: "token" | "caller" | "server";
}

/** What is known about the attributes of a workspace, by the label results use: `ext_plan`, `request_metadata.orderAmount`. */
export type AttributeSchema = ReadonlyMap<string, AttributeDescription>;

/** The part of a claim mapping that says something about an attribute. */
export interface MappedAttribute {
  /** The name without `ext_`. */
  readonly attribute: string;
  /** The type its values are given; an unknown one counts as absent. */
  readonly type?: string;
  /** Whether a token without it is refused. @defaultValue `false` */
  readonly required?: boolean;
}

const typeNames: ReadonlySet<string> = new Set<SchemaTypeName>(
  (
    ["string", "integer", "double", "boolean", "date", "time", "datetime", "ip", "email"] as const
  ).flatMap((name) => [name, `${name}_set`] as const),
).add("numeric_date");

/**
 * The schema that follows from the claim mappings of a workspace, one list for each provider: the mapped
 * attributes as `ext_*`, and the standard ones. An attribute is required where every provider requires it,
 * and has a type where all that map it agree.
 */
export function attributeSchemaFrom(
  ...providers: readonly (readonly MappedAttribute[])[]
): AttributeSchema {
  const names = new Set(providers.flat().map(({ attribute }) => attribute));
  return new Map([
    ...Array.from(standardAttributes, ([name, type]): [string, AttributeDescription] => [
      name,
      { type, required: name !== "ip_address", origin: "server" },
    ]),
    ...Array.from(names, (name): [string, AttributeDescription] => [
      `ext_${name}`,
      describeMapped(name, providers),
    ]),
  ]);
}

function describeMapped(
  name: string,
  providers: readonly (readonly MappedAttribute[])[],
): AttributeDescription {
  const mappings = providers.map((mapped) => mapped.find(({ attribute }) => attribute === name));
  const types = new Set(
    mappings.flatMap((mapping) => (mapping === undefined ? [] : [mapping.type])),
  );
  const [type] = types;
  return {
    ...(types.size === 1 && isTypeName(type) ? { type } : {}),
    required: mappings.every((mapping) => mapping?.required === true),
    origin: "token",
  };
}

function isTypeName(name: string | undefined): name is SchemaTypeName {
  return name !== undefined && typeNames.has(name);
}
