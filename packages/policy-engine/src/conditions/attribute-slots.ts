import { failed, type Reading, type ReadingFailure, type ValueReader } from "../values/reading.js";
import { type AttributeReference, metadataAttribute, referenceOf } from "./attribute-reference.js";
import type { AttributeInput, RequestAttributes } from "./request-attributes.js";
import type { Truth } from "./truth.js";

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

/** What a request holds for one attribute, as given; `undefined` or `null` when it is missing. */
export type RawReader = (attributes: RequestAttributes) => unknown;

/** One attribute at one type. */
export interface AttributeSlot<T> {
  /** Reads it at the type. */
  readonly reader: ValueReader<T>;
  /** Which attribute. */
  readonly reference: AttributeReference;
  /** What a request holds for it, as given. */
  readonly readRaw: RawReader;
  /** Unlike that of any other slot of the same table. */
  readonly index: number;
}

/** Numbers the attributes that the conditions of one plan read. */
export class SlotTable {
  readonly #indexes = new Map<string, number>();

  /** The slot of an attribute at a type; the same number for the same question. */
  slot<T>(reader: ValueReader<T>, condition: AttributeReference): AttributeSlot<T> {
    const reference = referenceOf(condition);
    const name = JSON.stringify([reader.key ?? reader.name, reference]);
    const index = this.#indexes.get(name) ?? this.#indexes.size;
    this.#indexes.set(name, index);
    return { reader, reference, readRaw: rawReader(reference), index };
  }
}

const missing = { state: "missing" } as const;

/** Starts on a request; nothing is read yet. */
export function resolveLazily(attributes: RequestAttributes): ResolvedRequest {
  return { attributes, resolutions: [], truths: [] };
}

/** The value of a slot in a request. */
export function resolveSlot<T>(slot: AttributeSlot<T>, request: ResolvedRequest): Resolution<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what stands there was read at the slot's type
  const known = request.resolutions[slot.index] as Resolution<T> | undefined;
  if (known !== undefined) {
    return known;
  }
  const resolution = resolve(slot, request.attributes);
  request.resolutions[slot.index] = resolution;
  return resolution;
}

/** The value of a slot where it can be used, at a glance if it can be told so; else `undefined`. */
export function valueOfSlot<T>(slot: AttributeSlot<T>, request: ResolvedRequest): T | undefined {
  const { reader, readRaw } = slot;
  const value = reader.peek?.(readRaw(request.attributes));
  if (value !== undefined) {
    return value;
  }
  const resolution = resolveSlot(slot, request);
  return resolution.state === "read" ? resolution.value : undefined;
}

/** What a request holds for an attribute, as given; `undefined` when it is missing or `null`. */
export function readAttribute(
  reference: AttributeReference,
  attributes: RequestAttributes,
): unknown {
  return rawReader(reference)(attributes) ?? undefined;
}

function resolve<T>(
  { reader, reference, readRaw }: AttributeSlot<T>,
  attributes: RequestAttributes,
): Resolution<T> {
  const raw = readRaw(attributes) ?? undefined;
  return raw === undefined ? missing : (findInvalid(reference, raw) ?? reader.read(raw));
}

// SECURITY: `resource` and `action` are what was asked, whatever `named` claims under those names.
function rawReader(reference: AttributeReference): RawReader {
  const { attribute } = reference;
  switch (attribute) {
    case "resource":
      return ({ resource }) => resource;
    case "action":
      return ({ action }) => action;
    case metadataAttribute:
      return metadataReader(reference);
    default:
      return ({ named }) => named.get(attribute);
  }
}

// Metadata that is no object at all is a broken promise of the caller's, and throws.
function metadataReader({ metadata_key: key, metadata_path: path }: AttributeReference): RawReader {
  const [first, ...rest] = path ?? (key === undefined ? [] : [key]);
  if (first === undefined) {
    return () => undefined;
  }
  return rest.length === 0
    ? ({ metadata }) => (Object.hasOwn(metadata, first) ? metadata[first] : undefined)
    : ({ metadata }) =>
        Object.hasOwn(metadata, first) ? rest.reduce(readNested, metadata[first]) : undefined;
}

// An array's own keys are its indexes and its length: neither is a property anybody wrote.
function readNested(source: unknown, key: string): unknown {
  return isRecord(source) && Object.hasOwn(source, key) ? source[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Metadata is plain JSON: an object in it is a value of a wrong type, whatever its properties say.
function findInvalid(reference: AttributeReference, raw: unknown): ReadingFailure | undefined {
  if (reference.attribute === metadataAttribute || !isInvalidInput(raw)) {
    return undefined;
  }
  return raw.invalid.length <= 100 ? { ...failed(raw), actual: raw.invalid } : failed(raw);
}

function isInvalidInput(raw: unknown): raw is Extract<AttributeInput, { invalid: string }> {
  return isRecord(raw) && Object.hasOwn(raw, "invalid") && typeof raw["invalid"] === "string";
}
