import { type AuthzenEvaluation, contextSchema, type JsonObject } from "@byot/api-contract";
import type { CheckQuestion } from "@byot/authorizer";
import { defaultLimits, readUnverified } from "@byot/token-verifier";
import { done, type OperationProblem, type Outcome, refused } from "../outcome.js";

/** A question of AuthZEN as the authorizer takes it. */
export interface AuthzenQuestion extends CheckQuestion {
  /** About whom. */
  readonly about:
    | {
        /** The holder of a token. */
        readonly kind: "token";
        /** The token, of which nothing is proven yet. */
        readonly token: string;
      }
    | {
        /** Somebody for whom no token speaks. */
        readonly kind: "subject";
        /** Who it is. */
        readonly subjectId: string;
        /** What the caller says of them. */
        readonly properties: JsonObject;
      };
}

const longestName = 255;
const longestSubject = defaultLimits.subjectCharacters;
const tokenType = "jwt";

/**
 * Finds out what a question is about: the holder of a token that it carries in one of three places, or a subject by its
 * name. `request_metadata` is made of the properties of the resource, of the action and of the context, the later ones
 * winning, and of the resource's id, which nothing replaces.
 */
export function readQuestion(
  evaluation: AuthzenEvaluation,
  tokenOfHeader: string | undefined,
): Outcome<AuthzenQuestion> {
  const { subject, resource, action } = evaluation;
  const { token: tokenOfContext, ...context } = evaluation.context;
  const carriers: readonly Carrier[] = [
    ["subject", subject.type === tokenType ? subject.id : undefined],
    ["context.token", tokenOfContext],
    ["X-Subject-Token", tokenOfHeader],
  ];
  const about = readAbout(evaluation, carriers);
  if (!about.ok) {
    return about;
  }
  const problem = findLongName(evaluation, about.value);
  const metadata = contextSchema.safeParse({
    ...resource.properties,
    ...action.properties,
    ...context,
    resource_id: resource.id,
  });
  if (problem !== undefined) {
    return refused(problem);
  }
  return metadata.success
    ? done({
        about: about.value,
        resource: resource.type,
        action: action.name,
        context: metadata.data,
      })
    : refused(
        invalid("the properties of resource and action, and the context, are too large together"),
      );
}

/** A place that can carry a token, and what it carries. */
type Carrier = readonly [place: string, carried: unknown];

function readAbout(
  { subject }: AuthzenEvaluation,
  carriers: readonly Carrier[],
): Outcome<AuthzenQuestion["about"]> {
  const carrying = carriers.filter(([, carried]) => carried !== undefined);
  const [carrier, another] = carrying;
  if (carrier === undefined) {
    return done({ kind: "subject", subjectId: subject.id, properties: subject.properties ?? {} });
  }
  const [place, token] = carrier;
  if (another !== undefined) {
    // SECURITY: to choose one would let whoever fills in the other be overlooked.
    return refused(invalid(`a token stands in \`${place}\` and in \`${another[0]}\`; give one`));
  }
  if (typeof token !== "string") {
    return refused(invalid(`\`${place}\` must be a token`));
  }
  return isMeant(subject.id, token)
    ? done({ kind: "token", token })
    : refused(invalid("`subject.id` is neither the token nor its `sub`"));
}

/**
 * Whether a subject is the token itself or whom it names. The token is read before it is verified, and this decides
 * nothing but whether the request contradicts itself; one that cannot be read is refused as such later.
 */
function isMeant(subjectId: string, token: string): boolean {
  const { claims } = readUnverified(token);
  return subjectId === token || claims === undefined || subjectId === claims["sub"];
}

function findLongName(
  { resource, action }: AuthzenEvaluation,
  about: AuthzenQuestion["about"],
): OperationProblem | undefined {
  const names: readonly (readonly [place: string, name: string, longest: number])[] = [
    ["resource.type", resource.type, longestName],
    ["action.name", action.name, longestName],
    ["subject.id", about.kind === "subject" ? about.subjectId : "", longestSubject],
  ];
  const found = names.find(([, name, longest]) => name.length > longest);
  return found && invalid(`\`${found[0]}\` must have at most ${found[2]} characters`);
}

function invalid(detail: string): OperationProblem {
  return { code: "request_invalid", detail };
}
