import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { UserPool } from "../../identity/user-pool";
import { authorizerName, type Named } from "../../naming";
import type { MethodAuthorization } from "./routes";

export interface RestAuthorizerProps {
  readonly stage: Named;
  readonly api: ApiGatewayRestApi;
  /** @default - all methods are public */
  readonly userPool: UserPool | undefined;
}

/** The authorizer of a REST API: requires a token of the user pool, if there is one. */
export class RestAuthorizer extends Construct {
  /** Configuration that a deployment copies, for its hash. */
  public readonly content: readonly object[] = [];
  public readonly resources: readonly ITerraformDependable[] = [];
  private readonly cognito: { readonly authorizerId: string; readonly userPool: UserPool } | undefined;

  constructor(scope: Construct, id: string, props: RestAuthorizerProps) {
    super(scope, id);
    const { stage, api, userPool } = props;
    if (userPool === undefined) return;
    const settings = {
      name: authorizerName(stage),
      restApiId: api.id,
      type: "COGNITO_USER_POOLS",
      providerArns: [userPool.arn],
      identitySource: "method.request.header.Authorization",
    };
    const authorizer = new ApiGatewayAuthorizer(this, "cognito", settings);
    this.content = [settings];
    this.resources = [authorizer];
    this.cognito = { authorizerId: authorizer.id, userPool };
  }

  /** The authorization of a method. With scopes, API Gateway requires an access token, otherwise an id token. */
  public of(route: { readonly public?: true | undefined; readonly scopes: readonly string[] }): MethodAuthorization {
    if (this.cognito === undefined || route.public === true) return { authorization: "NONE" };
    const { authorizerId, userPool } = this.cognito;
    const scopes = userPool.scopeIds(route.scopes);
    return {
      authorization: "COGNITO_USER_POOLS",
      authorizerId,
      ...(scopes.length > 0 && { authorizationScopes: scopes }),
    };
  }
}
