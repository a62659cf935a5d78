import { demoWorkspaceId } from "./demo-workspace.js";

/** What the banner tells. */
export interface BannerFacts {
  /** Where the demo answers. */
  readonly url: string;
  /** The file with the variables for clients. */
  readonly environmentFile: string;
  /** Whether the demo's identity provider gives tokens here. */
  readonly givesTokens: boolean;
}

/** What a person sees when the demo is up: addresses, where the key is, and three commands to paste. */
export function demoBanner(facts: BannerFacts): string {
  const { url, environmentFile, givesTokens } = facts;
  return `
byot is up.

  API                ${url}/v1/workspaces/${demoWorkspaceId}
  Admin key          BYOT_API_KEY in ${environmentFile}
${givesTokens ? questions(facts) : noTokens}
Ctrl-C stops byot; starting again finds its data.
`;
}

const noTokens = `  Identity provider  none: it would give tokens to anyone who reaches this address;
                     leave BYOT_HOST out to listen on this machine alone
`;

function questions({ url, environmentFile }: BannerFacts): string {
  const premium = { url, resource: "premium-features", action: "access" };
  const order = { url, resource: "orders", action: "approve" };
  return `  Identity provider  ${url}/demo-idp/people (a demo for this machine only: ada, ben, cleo)

Three questions to paste into another terminal:

1. May Ada, on the premium plan, use premium features? Allow.

${checkCommand({ ...premium, person: "ada" })}

2. May Ben, on the free plan? Deny; the admin key shows why.

. ${shellWord(environmentFile)}
${checkCommand({ ...premium, person: "ben", explain: true })}

3. May Cleo, a member, approve an order of 50,000? Deny. (Up to 10,000 she may; Ada, a manager, beyond.)

${checkCommand({ ...order, person: "cleo", orderAmount: 50_000 })}
`;
}

/** A text as one word of a shell command. */
function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

interface DemoQuestion {
  readonly url: string;
  readonly person: string;
  readonly resource: string;
  readonly action: string;
  readonly orderAmount?: number;
  readonly explain?: true;
}

/** A command for the shell that asks for a person's token and sends the question with it. */
function checkCommand({ url, person, ...question }: DemoQuestion): string {
  const { resource, action, orderAmount, explain } = question;
  const body = JSON.stringify({
    token: `$(curl -s ${url}/demo-idp/token/${person})`,
    resource,
    action,
    ...(orderAmount === undefined ? {} : { context: { orderAmount } }),
    ...(explain === undefined ? {} : { explain }),
  });
  const credential = explain === undefined ? "" : '  -H "Authorization: Bearer $BYOT_API_KEY" \\\n';
  return `curl -s ${url}/v1/workspaces/${demoWorkspaceId}/authorize \\
${credential}  -H "Content-Type: application/json" \\
  -d "${body.replaceAll('"', '\\"')}"`;
}
