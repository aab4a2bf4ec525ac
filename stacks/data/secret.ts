import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Secret as SecretConfig } from "../../schema/data/secret";
import { secretName, type Named } from "../naming";
import { needWriteOnlyArguments } from "../provider";
import type { Grant } from "./grant";

export interface SecretProps {
  readonly stage: Named;
  readonly name: string;
  readonly secret: SecretConfig;
}

/** A secret as those know it who read it. */
export interface SecretPlace {
  readonly arn: string;
  /** Customer managed key of the secret. @default - the key of AWS */
  readonly kmsKeyArn: string | undefined;
}

const generator = "aws_secretsmanager_random_password";

/** A secret that services read by its ARN; its value passes through Terraform without staying there. */
export class Secret extends Construct {
  public readonly place: SecretPlace;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const { secret } = props;
    this.place =
      secret.source === "existing"
        ? { arn: secret.arn, kmsKeyArn: secret.kmsKeyArn }
        : { arn: this.create(props, secret), kmsKeyArn: undefined };
  }

  /** What a service gets that uses it, as `variable`. */
  public grant(variable: string): Grant {
    const { arn, kmsKeyArn } = this.place;
    return {
      environment: { [variable]: arn },
      statements: [
        { actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
        ...(kmsKeyArn === undefined ? [] : [{ actions: ["kms:Decrypt"], resources: [kmsKeyArn] }]),
      ],
    };
  }

  private create({ stage, name }: SecretProps, settings: Extract<SecretConfig, { source: "create" }>): string {
    const { recoveryDays, rotation } = settings;
    const secret = new SecretsmanagerSecret(this, "secret", {
      name: secretName(stage, name),
      recoveryWindowInDays: recoveryDays,
    });
    const version = new SecretsmanagerSecretVersion(this, "first-version", {
      secretId: secret.id,
      secretStringWo: this.randomValue(settings.length),
      secretStringWoVersion: 1,
      // AWS deletes versions without a label, and Terraform would then write another random value over the real one.
      versionStages: ["AWSCURRENT", "initial"],
      lifecycle: { ignoreChanges: ["version_stages"] },
    });
    if (rotation !== undefined) {
      new SecretsmanagerSecretRotation(this, "rotation", {
        secretId: secret.id,
        rotationLambdaArn: rotation.lambdaArn,
        rotationRules: { automaticallyAfterDays: rotation.everyDays },
        dependsOn: [version],
      });
    }
    return secret.arn;
  }

  /** A value that is in no plan and no state; cdktf knows no ephemeral blocks. */
  private randomValue(length: number): string {
    const stack = TerraformStack.of(this);
    needWriteOnlyArguments(this);
    const id = this.node.scopes
      .slice(this.node.scopes.indexOf(stack) + 1)
      .map(({ node }) => node.id)
      .join("_")
      .replaceAll("-", "_");
    stack.addOverride(`ephemeral.${generator}.${id}`, { password_length: length, exclude_punctuation: true });
    return `\${ephemeral.${generator}.${id}.random_password}`;
  }
}
