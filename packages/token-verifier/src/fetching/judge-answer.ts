import type { KeyFailure } from "../keys/key-failure.js";

/** What can be told of an answer before its body is read. */
export interface AnswerHead {
  /** The status code; 0 stands for a redirect that the runtime does not show. */
  readonly status: number;
  /** The header `Content-Encoding`. */
  readonly contentEncoding: string | undefined;
}

/** Accepts 200 and nothing else, and no body that would have to be unpacked. */
export function judgeAnswer({
  status,
  contentEncoding = "identity",
}: AnswerHead): KeyFailure | undefined {
  if (status === 0 || (status >= 300 && status < 400)) {
    const code = status === 0 ? "with" : `${status},`;
    return { code: "redirected", message: `the server answered ${code} a redirect` };
  }
  if (status !== 200) {
    return { code: "status_not_ok", message: `the server answered ${status}, not 200` };
  }
  return contentEncoding.toLowerCase() === "identity"
    ? undefined
    : { code: "encoding_not_identity", message: "the server encoded its answer" };
}
