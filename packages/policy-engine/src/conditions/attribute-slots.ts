import type { AttributeInput, RequestAttributes } from "./request-attributes.js";
import { type AttributeReference, metadataAttribute } from "./attribute-reference.js";
import {
  describeKind,
  type Reading,
  type ReadingFailure,
  valueReaders,
  type ValueTypeName,
  type ValueTypes,
} from "./value-types.js";

/** What a request holds for an attribute at one type. */
export type Resolution<T> = Reading<T> | { readonly state: "missing" };

type ResolutionsByType = {
  readonly [Type in ValueTypeName]: Map<string, Resolution<ValueTypes[Type]>>;
};

/** A request whose attributes are read at most once per type, however many conditions ask. */
export interface ResolvedRequest {
  /** The attributes as given. */
  readonly attributes: RequestAttributes;
  /** What has been read so far, by type and slot key. */
  readonly resolutions: ResolutionsByType;
}

/** One attribute at one type. */
export interface AttributeSlot<Type extends ValueTypeName> {
  /** The type it is read at. */
  readonly type: Type;
  /** Which attribute. */
  readonly reference: AttributeReference;
  /** The same for every slot of the same attribute. */
  readonly key: string;
}

/** Makes the slot of an attribute at a type. */
export function attributeSlot<Type extends ValueTypeName>(
  type: Type,
  reference: AttributeReference,
): AttributeSlot<Type> {
  return { type, reference, key: JSON.stringify([reference.attribute, reference.metadata_key]) };
}

/** Starts on a request; nothing is read yet. */
export function resolveLazily(attributes: RequestAttributes): ResolvedRequest {
  return {
    attributes,
    resolutions: {
      string: new Map(),
      integer: new Map(),
      boolean: new Map(),
      string_set: new Map(),
      string_list: new Map(),
    },
  };
}

/** The value of a slot in a request. */
export function resolveSlot<Type extends ValueTypeName>(
  slot: AttributeSlot<Type>,
  request: ResolvedRequest,
): Resolution<ValueTypes[Type]> {
  const resolutions = request.resolutions[slot.type];
  const known = resolutions.get(slot.key);
  if (known !== undefined) {
    return known;
  }
  const resolution = resolve(slot, request.attributes);
  resolutions.set(slot.key, resolution);
  return resolution;
}

/** Whether a request holds anything but `null` for an attribute, be it usable or not. */
export function isPresent(reference: AttributeReference, attributes: RequestAttributes): boolean {
  return readAttribute(reference, attributes) !== undefined;
}

function resolve<Type extends ValueTypeName>(
  slot: AttributeSlot<Type>,
  attributes: RequestAttributes,
): Resolution<ValueTypes[Type]> {
  const raw = readAttribute(slot.reference, attributes);
  if (raw === undefined) {
    return { state: "missing" };
  }
  return findInvalid(slot.reference, raw) ?? valueReaders[slot.type](raw);
}

function readAttribute(reference: AttributeReference, attributes: RequestAttributes): unknown {
  const raw = readRaw(reference, attributes);
  return raw === null ? undefined : raw;
}

// SECURITY: `resource` and `action` are what was asked, whatever `named` claims under those names.
function readRaw(reference: AttributeReference, attributes: RequestAttributes): unknown {
  switch (reference.attribute) {
    case "resource":
      return attributes.resource;
    case "action":
      return attributes.action;
    case metadataAttribute:
      return readOwn(attributes.metadata, reference.metadata_key);
    default:
      return attributes.named.get(reference.attribute);
  }
}

function readOwn(source: Readonly<Record<string, unknown>>, key: string | undefined): unknown {
  return key !== undefined && Object.hasOwn(source, key) ? source[key] : undefined;
}

// Metadata is plain JSON: an object in it is a value of a wrong type, whatever its properties say.
function findInvalid(reference: AttributeReference, raw: unknown): ReadingFailure | undefined {
  if (reference.attribute === metadataAttribute || !isInvalidInput(raw)) {
    return undefined;
  }
  const actual = raw.invalid.length <= 100 ? raw.invalid : describeKind(raw);
  return { state: "failed", code: "type_error", actual };
}

function isInvalidInput(raw: unknown): raw is Extract<AttributeInput, { invalid: string }> {
  return (
    typeof raw === "object" &&
    raw !== null &&
    !Array.isArray(raw) &&
    Object.hasOwn(raw, "invalid") &&
    "invalid" in raw &&
    typeof raw.invalid === "string"
  );
}
