import type { AttributeInput, RequestAttributes } from "./request-attributes.js";
import type { Truth } from "./truth.js";
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

/** A request whose attributes are read at most once per type, and whose shared conditions are asked once. */
export interface ResolvedRequest {
  /** The attributes as given. */
  readonly attributes: RequestAttributes;
  /** What has been read so far, by the number of the slot. */
  readonly resolutions: Resolution<unknown>[];
  /** What has been answered so far, by the number of the shared condition. */
  readonly truths: Truth[];
}

/** One attribute at one type. */
export interface AttributeSlot<Type extends ValueTypeName> {
  /** The type it is read at. */
  readonly type: Type;
  /** Which attribute. */
  readonly reference: AttributeReference;
  /** Unlike that of any other slot of the same table. */
  readonly index: number;
}

/** Numbers the attributes that the conditions of one plan read. */
export class SlotTable {
  readonly #indexes = new Map<string, number>();

  /** The slot of an attribute at a type; the same number for the same question. */
  slot<Type extends ValueTypeName>(
    type: Type,
    { attribute, metadata_key: key }: AttributeReference,
  ): AttributeSlot<Type> {
    const name = JSON.stringify([type, attribute, key]);
    const index = this.#indexes.get(name) ?? this.#indexes.size;
    this.#indexes.set(name, index);
    const reference = key === undefined ? { attribute } : { attribute, metadata_key: key };
    return { type, reference, index };
  }
}

/** Starts on a request; nothing is read yet. */
export function resolveLazily(attributes: RequestAttributes): ResolvedRequest {
  return { attributes, resolutions: [], truths: [] };
}

/** The value of a slot in a request. */
export function resolveSlot<Type extends ValueTypeName>(
  slot: AttributeSlot<Type>,
  request: ResolvedRequest,
): Resolution<ValueTypes[Type]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what stands there was read at the slot's type
  const known = request.resolutions[slot.index] as Resolution<ValueTypes[Type]> | undefined;
  if (known !== undefined) {
    return known;
  }
  const resolution = resolve(slot, request.attributes);
  request.resolutions[slot.index] = resolution;
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
