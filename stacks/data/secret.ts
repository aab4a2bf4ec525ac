import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Secret as SecretConfig } from "../../schema/data/secret";
import { secretName, type Named } from "../naming";
import { requireWriteOnlyArguments } from "../provider";
import type { Grant } from "./grant";

export interface SecretProps {
  readonly stage: Named;
  readonly name: string;
  readonly secret: SecretConfig;
}

/** Reference to a secret. */
export interface SecretRef {
  readonly arn: string;
  /** Customer managed key of the secret. @default - the AWS managed key */
  readonly kmsKeyArn: string | undefined;
}

const generator = "aws_secretsmanager_random_password";

/** A secret that services read by its ARN. Its value is neither in Terraform's plan nor in its state. */
export class Secret extends Construct {
  public readonly ref: SecretRef;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const { secret } = props;
    this.ref =
      secret.source === "existing"
        ? { arn: secret.arn, kmsKeyArn: secret.kmsKeyArn }
        : { arn: this.create(props, secret), kmsKeyArn: undefined };
  }

  /** Grants reading the secret, whose ARN is in the environment variable. */
  public grant(variable: string): Grant {
    const { arn, kmsKeyArn } = this.ref;
    return {
      environment: { [variable]: arn },
      statements: [
        { actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
        ...(kmsKeyArn === undefined ? [] : [{ actions: ["kms:Decrypt"], resources: [kmsKeyArn] }]),
      ],
    };
  }

  private create({ stage, name }: SecretProps, settings: Extract<SecretConfig, { source: "create" }>): string {
    const { recoveryWindowDays, rotation } = settings;
    const secret = new SecretsmanagerSecret(this, "secret", {
      name: secretName(stage, name),
      recoveryWindowInDays: recoveryWindowDays,
    });
    const version = new SecretsmanagerSecretVersion(this, "version", {
      secretId: secret.id,
      secretStringWo: this.randomValue(settings.length),
      secretStringWoVersion: 1,
      // Secrets Manager deletes versions without a staging label; Terraform would then overwrite the value.
      versionStages: ["AWSCURRENT", "initial"],
      lifecycle: { ignoreChanges: ["version_stages"] },
    });
    if (rotation !== undefined) {
      new SecretsmanagerSecretRotation(this, "rotation", {
        secretId: secret.id,
        rotationLambdaArn: rotation.lambdaArn,
        rotationRules: { automaticallyAfterDays: rotation.automaticallyAfterDays },
        dependsOn: [version],
      });
    }
    return secret.arn;
  }

  /** An ephemeral value, which is in no plan and no state. cdktf has no ephemeral blocks. */
  private randomValue(length: number): string {
    const stack = TerraformStack.of(this);
    requireWriteOnlyArguments(this);
    const id = this.node.scopes
      .slice(this.node.scopes.indexOf(stack) + 1)
      .map(({ node }) => node.id)
      .join("_")
      .replaceAll("-", "_");
    stack.addOverride(`ephemeral.${generator}.${id}`, { password_length: length, exclude_punctuation: true });
    return `\${ephemeral.${generator}.${id}.random_password}`;
  }
}
