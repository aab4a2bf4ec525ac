import type { UserPool } from "../../identity/user-pool";
import { authorizerName, type Named } from "../../naming";
import type { Operation } from "./document";

/** What a route says about its callers. */
interface RouteSecurity {
  readonly public?: true | undefined;
  readonly scopes: readonly string[];
  readonly apiKey?: true | undefined;
}

/** The security schemes of a REST API, and the requirements of its routes. */
export interface RestSecurity {
  readonly schemes: object;
  /** With scopes, API Gateway requires an access token, otherwise an id token. */
  readonly of: (route: RouteSecurity) => Pick<Operation, "security">;
}

// API Gateway takes the key of a scheme with this header for an API key: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-usage-plan-oas.html
const apiKey = { api_key: { type: "apiKey", name: "x-api-key", in: "header" } };

/**
 * Security by the tokens of a user pool, if there is one, and by API keys.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
 */
export function restSecurity(stage: Named, userPool: UserPool | undefined): RestSecurity {
  const name = authorizerName(stage);
  const cognito = userPool && {
    [name]: {
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "cognito_user_pools",
      "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPool.arn] },
    },
  };
  return {
    schemes: { ...cognito, ...apiKey },
    of: (route) => {
      const token = userPool && route.public !== true ? [{ [name]: userPool.scopeIds(route.scopes) }] : [];
      const security = [...token, ...(route.apiKey === true ? [{ api_key: [] }] : [])];
      return security.length === 0 ? {} : { security };
    },
  };
}
