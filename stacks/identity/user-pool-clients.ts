import {
  CognitoUserPoolClient,
  type CognitoUserPoolClientConfig,
} from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Authorization } from "../../schema/authorization";
import { userPoolClientName, type Named } from "../naming";

export interface UserPoolClientsProps {
  readonly stage: Named;
  readonly userPool: Extract<Authorization["userPool"], { source: "create" }>;
  readonly userPoolId: string;
  /** Scopes of the stage as Cognito calls them, `<resource server>/<scope>`. */
  readonly scopeIds: string[];
  readonly loadBalancerHost: string | undefined;
  /** The resource server, without which Cognito knows no scope. */
  readonly dependsOn: ITerraformDependable[];
}

/** The app clients of a user pool: one for people, one for programs where there are scopes, one for an ALB. */
export class UserPoolClients extends Construct {
  public readonly peopleClientId: string;
  public readonly clientIds: string[];
  public readonly loadBalancerClientId?: string;

  constructor(scope: Construct, id: string, props: UserPoolClientsProps) {
    super(scope, id);
    const { userPool, scopeIds, loadBalancerHost } = props;
    const { callbackUrls, logoutUrls } = userPool;
    const people = this.client("people", props, {
      // Passwords never travel: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      ...(callbackUrls.length > 0 && {
        ...codeFlow,
        allowedOauthScopes: ["openid", "email", ...scopeIds],
        callbackUrls,
        logoutUrls,
      }),
    });
    this.peopleClientId = people.id;
    this.clientIds = [people.id];
    if (scopeIds.length > 0) {
      const programs = this.client("programs", props, {
        generateSecret: true,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ["client_credentials"],
        allowedOauthScopes: scopeIds,
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      });
      this.clientIds.push(programs.id);
    }
    if (loadBalancerHost !== undefined) {
      const { id: loadBalancerClientId } = this.client("load-balancer", props, {
        ...codeFlow,
        generateSecret: true,
        allowedOauthScopes: ["openid"],
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
        callbackUrls: [`https://${loadBalancerHost}/oauth2/idpresponse`],
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      });
      this.loadBalancerClientId = loadBalancerClientId;
    }
  }

  private client(
    role: string,
    props: UserPoolClientsProps,
    settings: Partial<CognitoUserPoolClientConfig>,
  ): CognitoUserPoolClient {
    const { stage, userPool, userPoolId, dependsOn } = props;
    return new CognitoUserPoolClient(this, role, {
      name: userPoolClientName(stage, role),
      userPoolId,
      supportedIdentityProviders: ["COGNITO"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: userPool.accessTokenMinutes,
      idTokenValidity: userPool.accessTokenMinutes,
      refreshTokenValidity: userPool.refreshTokenDays,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
      dependsOn,
      ...settings,
    });
  }
}

const codeFlow = { allowedOauthFlowsUserPoolClient: true, allowedOauthFlows: ["code"] };
