import { CognitoResourceServer } from "@cdktf/provider-aws/lib/cognito-resource-server";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Authorization } from "../../schema/authorization";
import { userPoolDomain, userPoolName } from "../naming";
import { addOutput } from "../readable-stack";
import { UserPoolClients } from "./user-pool-clients";

type UserPoolConfig = Authorization["userPool"];

export interface UserPoolProps {
  readonly stage: StageConfig;
  readonly userPool: UserPoolConfig;
  /** Host name of an ALB that signs people in itself. @default - none does */
  readonly loadBalancerHost?: string;
}

/** The Cognito user pool whose tokens open a stage: the stage's own, or one that exists. */
export class UserPool extends Construct {
  public readonly arn: string;
  /** What tokens name as their issuer. */
  public readonly issuerUrl: string;
  /** App clients whose tokens are accepted. */
  public readonly clientIds: string[];
  /** Where an ALB sends people to sign in, and as which app client. @default - no ALB does */
  public readonly loadBalancer?: { readonly clientId: string; readonly domain: string };
  private readonly scopes: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const { stage, userPool, loadBalancerHost } = props;
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
    const pool = new CognitoUserPool(this, "pool", poolSettings(stage, userPool));
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
      loadBalancerHost,
      dependsOn: resourceServer,
    });
    this.arn = pool.arn;
    this.issuerUrl = issuerOf(stage.region, pool.id);
    this.clientIds = clients.clientIds;
    if (clients.loadBalancerClientId !== undefined) {
      this.loadBalancer = { clientId: clients.loadBalancerClientId, domain: domain.domain };
    }
    addOutput(this, "user_pool_id", { value: pool.id, description: "Cognito user pool" });
    addOutput(this, "user_pool_client_id", { value: clients.peopleClientId, description: "App client for people" });
  }

  /** What Cognito calls the scopes that routes name. */
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
