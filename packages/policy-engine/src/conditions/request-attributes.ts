/**
 * A value given for an attribute.
 *
 * `{ invalid }` stands for one that is there but unusable: conditions on it fail with `type_error`,
 * which no option excuses. `null` and `undefined` in a place of a value count as missing.
 */
export type AttributeInput =
  | string
  | number
  | bigint
  | boolean
  | readonly (string | number | bigint | boolean)[]
  | {
      /** Why the value cannot be used, as a code of at most 100 characters; never the value. */
      readonly invalid: string;
    };

/** One request: what is asked, and everything known about who asks. */
export interface RequestAttributes {
  /** The resource asked for; policies read it as the attribute `resource`. */
  readonly resource: string;
  /** The action asked for; policies read it as the attribute `action`. */
  readonly action: string;
  /** Attributes by full name, such as `ext_plan` or `current_time`. `resource` and `action` in it are not read. */
  readonly named: ReadonlyMap<string, AttributeInput>;
  /** What the calling application asserts about the request; only own properties are read. */
  readonly metadata: Readonly<Record<string, unknown>>;
}
