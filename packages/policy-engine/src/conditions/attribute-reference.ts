/** Names one attribute of a request. */
export interface AttributeReference {
  /** The attribute, or `request_metadata` with a key. */
  readonly attribute: string;
  /** The own key of the metadata to read; absent for any other attribute. */
  readonly metadata_key?: string;
}

/** The attribute whose values the calling application asserts. */
export const metadataAttribute = "request_metadata";

/** How results name the attribute: `ext_plan`, `request_metadata.orderAmount`. */
export function attributeLabel({ attribute, metadata_key: key }: AttributeReference): string {
  return key === undefined ? attribute : `${attribute}.${key}`;
}
