import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { default as Provider, InteractionResults } from "oidc-provider";
import { interactionPath } from "./oidc-configuration.js";

/** Whether somebody of that id can log in. */
export type KnowsPerson = (id: string) => boolean;

/** Serves a provider; whoever a log-in names by `login_hint` is logged in without a page. */
export function createOidcRequestListener(provider: Provider, knows: KnowsPerson): RequestListener {
  const serve = provider.callback();

  async function finishLogIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    const result = logInResult(String(params["login_hint"]), knows);
    await provider.interactionFinished(request, response, result);
  }

  return (request, response) => {
    const isLogIn = request.url?.startsWith(interactionPath) === true;
    const answered = isLogIn ? finishLogIn(request, response) : serve(request, response);
    // The other side then sees a broken connection, which no test takes for an answer.
    answered.catch(() => response.destroy());
  };
}

function logInResult(accountId: string, knows: KnowsPerson): InteractionResults {
  return knows(accountId)
    ? { login: { accountId } }
    : { error: "access_denied", error_description: `nobody has the id ${accountId}` };
}
