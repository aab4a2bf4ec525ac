import { CognitoResourceServer } from "@cdktf/provider-aws/lib/cognito-resource-server";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import {
  CognitoUserPoolClient,
  type CognitoUserPoolClientConfig,
} from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Authorization } from "../../schema/authorization";
import { userPoolClientName, userPoolDomain, userPoolName, type Named } from "../naming";
import { addOutput } from "../readable-stack";

type UserPoolConfig = Authorization["userPool"];

export interface UserPoolProps {
  readonly stage: StageConfig;
  readonly userPool: UserPoolConfig;
  /** Host names of an ALB that authenticates users. @default - none does */
  readonly loadBalancerHosts?: readonly string[];
}

/** The Cognito user pool whose tokens a stage accepts: one of its own, or an existing one. */
export class UserPool extends Construct {
  public readonly arn: string;
  /** Issuer of the tokens. */
  public readonly issuerUrl: string;
  /** App clients whose tokens are accepted. */
  public readonly clientIds: string[];
  /** App client and domain with which an ALB authenticates users. @default - no ALB does */
  public readonly loadBalancer?: { readonly clientId: string; readonly domain: string };
  private readonly scopes: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const { stage, userPool, loadBalancerHosts } = props;
    if (userPool.source === "existing") {
      const [, , , region = "", , resource = ""] = userPool.arn.split(":");
      this.arn = userPool.arn;
      this.issuerUrl = issuerOf(region, resource.replace("userpool/", ""));
      this.clientIds = userPool.clientIds;
      this.scopes = new Map(Object.entries(userPool.scopes));
      const [clientId] = userPool.clientIds;
      if (clientId !== undefined && userPool.domain !== undefined) {
        this.loadBalancer = { clientId, domain: userPool.domain };
      }
      return;
    }
    const pool = new CognitoUserPool(this, "pool", {
      ...poolSettings(stage, userPool),
      // Authorizers and listener rules move to another pool before this one is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    const domain = new CognitoUserPoolDomain(this, "domain", {
      userPoolId: pool.id,
      domain: userPool.domainPrefix ?? userPoolDomain(stage),
    });
    const resourceServer = this.resourceServer(stage, userPool, pool);
    this.scopes = new Map(Object.keys(userPool.scopes).map((name) => [name, `${stage.app}/${name}`]));
    const clients = new UserPoolClients(this, "clients", {
      stage,
      userPool,
      userPoolId: pool.id,
      scopeIds: [...this.scopes.values()],
      loadBalancerHosts,
      dependsOn: resourceServer,
    });
    this.arn = pool.arn;
    this.issuerUrl = issuerOf(stage.region, pool.id);
    this.clientIds = clients.clientIds;
    if (clients.loadBalancerClientId !== undefined) {
      this.loadBalancer = { clientId: clients.loadBalancerClientId, domain: domain.domain };
    }
    addOutput(this, "user_pool_id", { value: pool.id, description: "Cognito user pool" });
    addOutput(this, "user_pool_client_id", {
      value: clients.signInClientId,
      description: "App client for user sign-in",
    });
  }

  /** Cognito's ids of the scopes that routes name. */
  public scopeIds(names: readonly string[]): string[] {
    return names.map((name) => this.scopes.get(name) ?? name);
  }

  private resourceServer(stage: StageConfig, { scopes }: CreatedPool, pool: CognitoUserPool) {
    if (Object.keys(scopes).length === 0) return [];
    return [
      new CognitoResourceServer(this, "resource-server", {
        userPoolId: pool.id,
        identifier: stage.app,
        name: stage.app,
        scope: Object.entries(scopes).map(([scopeName, scopeDescription]) => ({ scopeName, scopeDescription })),
      }),
    ];
  }
}

type CreatedPool = Extract<UserPoolConfig, { source: "create" }>;

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html */
const issuerOf = (region: string, poolId: string) => `https://cognito-idp.${region}.amazonaws.com/${poolId}`;

function poolSettings(stage: StageConfig, userPool: CreatedPool) {
  return {
    name: userPoolName(stage),
    usernameAttributes: ["email"],
    usernameConfiguration: { caseSensitive: false },
    autoVerifiedAttributes: ["email"],
    deletionProtection: userPool.deletionProtection ? "ACTIVE" : "INACTIVE",
    adminCreateUserConfig: { allowAdminCreateUserOnly: !userPool.selfSignUp },
    accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
    passwordPolicy: {
      minimumLength: userPool.passwordMinimumLength,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: userPool.temporaryPasswordValidityDays,
    },
    mfaConfiguration: { off: "OFF", optional: "OPTIONAL", required: "ON" }[userPool.mfa],
    ...(userPool.mfa !== "off" && { softwareTokenMfaConfiguration: { enabled: true } }),
  };
}

interface UserPoolClientsProps {
  readonly stage: Named;
  readonly userPool: Extract<Authorization["userPool"], { source: "create" }>;
  readonly userPoolId: string;
  /** Scopes in the form `<resource server>/<scope>`. */
  readonly scopeIds: string[];
  readonly loadBalancerHosts: readonly string[] | undefined;
  /** The resource server, which defines the scopes. */
  readonly dependsOn: ITerraformDependable[];
}

/** The app clients of a user pool: one for users, one for programs if there are scopes, one for an ALB. */
class UserPoolClients extends Construct {
  public readonly signInClientId: string;
  public readonly clientIds: string[];
  public readonly loadBalancerClientId?: string;

  constructor(scope: Construct, id: string, props: UserPoolClientsProps) {
    super(scope, id);
    const { userPool, scopeIds, loadBalancerHosts } = props;
    const { callbackUrls, logoutUrls } = userPool;
    const signIn = this.client("sign-in", props, {
      // SRP, so that passwords are not sent: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      ...(callbackUrls.length > 0 && {
        ...codeFlow,
        allowedOauthScopes: ["openid", "email", ...scopeIds],
        callbackUrls,
        logoutUrls,
      }),
    });
    this.signInClientId = signIn.id;
    this.clientIds = [signIn.id];
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
    if (loadBalancerHosts !== undefined) {
      const { id: loadBalancerClientId } = this.client("load-balancer", props, {
        ...codeFlow,
        generateSecret: true,
        allowedOauthScopes: ["openid"],
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
        callbackUrls: loadBalancerHosts.map((host) => `https://${host}/oauth2/idpresponse`),
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
