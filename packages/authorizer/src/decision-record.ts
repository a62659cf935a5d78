import type { DecisionRecord, PersonalFields } from "@byot/storage";
import type { AnsweredQuestion } from "./answer-question.js";
import type { AuthorizerParts } from "./authorizer-parts.js";
import { loggedAttributes } from "./logged-attributes.js";
import type { Situation } from "./situation.js";
import { keptText, storableText } from "./storable-text.js";

/** The record of a decision. It is put together from named fields, so that no token can slip in. */
export function decisionRecord(
  parts: Pick<AuthorizerParts, "hash" | "pseudonym">,
  situation: Situation,
  answer: AnsweredQuestion,
): DecisionRecord {
  const { origin, principal } = situation;
  const { attributes, decision, durationMicros } = answer;
  return {
    decisionId: decision.decisionId,
    workspaceId: situation.snapshot.workspaceId,
    at: decision.evaluatedAt,
    revision: decision.revision,
    requestId: keptText(origin.requestId),
    issuer: principal.issuer,
    providerId: principal.providerId,
    resource: keptText(attributes.resource),
    action: keptText(attributes.action),
    decision: decision.decision,
    reason: decision.reason,
    determining: decision.determining,
    errors: decision.errors,
    durationMicros,
    personal: personalFields(parts, situation, answer),
  };
}

function personalFields(
  { hash, pseudonym }: Pick<AuthorizerParts, "hash" | "pseudonym">,
  situation: Situation,
  { attributes }: AnsweredQuestion,
): PersonalFields {
  const { snapshot, principal, address } = situation;
  const { issuer, tokenId } = principal;
  const subject = snapshot.settings.hashSubjects
    ? pseudonym(snapshot.workspaceId, principal.subject)
    : storableText(principal.subject);
  return {
    subject,
    ...(tokenId === undefined ? {} : { tokenIdHash: hash(`${issuer}\n${tokenId}`) }),
    ...(address === undefined ? {} : { clientIp: storableText(address.ip) }),
    attributes: loggedAttributes(situation, attributes, subject),
  };
}
