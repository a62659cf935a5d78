// A platform decides for its customers, each of whom has an identity provider and users of its own.
import { createLocalIdp, generateSigningKey, type LocalIdp } from "@byot/local-idp";
import { ByotClient, TokenRefusedError } from "@byot/sdk";

// BYOT_URL and an API key that may create workspaces: BYOT_API_KEY.
const platform = new ByotClient();

/** Gives a customer a workspace: whom it trusts, what there is to do, and who may do it. */
async function welcome(customer: string, idp: LocalIdp): Promise<ByotClient> {
  await platform.workspaces.create({ id: customer, name: `Customer ${customer}` });
  const byot = platform.withOptions({ workspaceId: customer });
  await byot.providers.create({
    name: `The identity provider of ${customer}`,
    issuer: idp.issuer,
    allowedAudiences: [idp.audience],
    // A real one is asked for its keys; this one lives in this process.
    jwks: { keys: idp.jwks().keys.map((key) => ({ ...key })) },
    claimMappings: [{ attribute: "department", jwtPath: "department" }],
  });
  await byot.resources.create({ name: "reports", actions: ["read"] });
  await byot.policies.create({
    name: "finance_reads_reports",
    specification: {
      rules: [
        {
          rule_id: "finance",
          effect: "Allow",
          conditions: [{ function: "string_equal", attribute: "ext_department", value: "finance" }],
        },
      ],
      default: { effect: "Deny" },
    },
    appliesTo: [{ resource: "reports", actions: ["read"] }],
  });
  return byot;
}

async function identityProviderOf(customer: string): Promise<LocalIdp> {
  return createLocalIdp({
    issuer: `https://login.${customer}.example`,
    audience: "reports",
    people: [
      { id: "fay", name: "Fay", claims: { department: "finance" } },
      { id: "sam", name: "Sam", claims: { department: "sales" } },
    ],
    key: await generateSigningKey(),
    clock: () => new Date(),
  });
}

async function ask(byot: ByotClient, idp: LocalIdp, person: string): Promise<string> {
  const issued = await idp.issueToken(person);
  const token = issued.ok ? issued.value : "";
  try {
    const { data } = await byot.checkAuthorization({ token, resource: "reports", action: "read" });
    return data.reason.code;
  } catch (error) {
    if (error instanceof TokenRefusedError) {
      return error.code;
    }
    throw error;
  }
}

// Workspaces are named apart, so that this can be run again.
const customer = `globex-${Date.now().toString(36)}`;
const idp = await identityProviderOf("globex");
const stranger = await identityProviderOf("initech");
const byot = await welcome(customer, idp);

console.log(`fay of finance:       ${await ask(byot, idp, "fay")}`);
console.log(`sam of sales:         ${await ask(byot, idp, "sam")}`);
console.log(`fay of somebody else: ${await ask(byot, stranger, "fay")}`);

const { version } = await platform.workspaces.read(customer);
if (version !== undefined) {
  await platform.workspaces.delete(customer, { version, cascade: true });
}
