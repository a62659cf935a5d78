/** Names one attribute of a request. */
export interface AttributeReference {
  /** A named attribute such as `ext_plan`, or `request_metadata` with a key or a path. */
  readonly attribute: string;
  /** One own key of the request's metadata, 1–256 characters; a dot in it is a plain character. */
  readonly metadata_key?: string;
  /** Own keys on the way to a nested value of the request's metadata, 1–16 of them, 1–256 characters each. */
  readonly metadata_path?: readonly string[];
}

/** The attribute whose values the calling application asserts. */
export const metadataAttribute = "request_metadata";

/** How results name the attribute: `ext_plan`, `request_metadata.orderAmount`, `request_metadata/order/amount`. */
export function attributeLabel(reference: AttributeReference): string {
  const { attribute, metadata_key: key, metadata_path: path } = reference;
  if (path !== undefined) {
    return [attribute, ...path].join("/");
  }
  return key === undefined ? attribute : `${attribute}.${key}`;
}

/** The reference alone, of something that holds more than one. */
export function referenceOf(reference: AttributeReference): AttributeReference {
  const { attribute, metadata_key: key, metadata_path: path } = reference;
  return {
    attribute,
    ...(key === undefined ? {} : { metadata_key: key }),
    ...(path === undefined ? {} : { metadata_path: path }),
  };
}
