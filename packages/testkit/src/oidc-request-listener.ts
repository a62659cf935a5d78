import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { interactionPath } from "./oidc-configuration.js";

/** Serves a provider; whoever a log-in names by `login_hint` is logged in without a page. */
export function createOidcRequestListener(provider: Provider): RequestListener {
  const serve = provider.callback();
  return (request, response) => {
    const answered = request.url?.startsWith(interactionPath)
      ? finishLogIn(provider, { request, response })
      : serve(request, response);
    // The other side then sees a broken connection, which no test takes for an answer.
    answered.catch(() => response.destroy());
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function finishLogIn(provider: Provider, { request, response }: Exchange): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const accountId = String(params["login_hint"]);
  await provider.interactionFinished(request, response, { login: { accountId } });
}
