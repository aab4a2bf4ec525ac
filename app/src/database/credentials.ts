import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Signer, type SignerConfig } from "@aws-sdk/rds-signer";
import { Type, type Static } from "@sinclair/typebox";
import { strictAjv } from "../validation";

/** Provides the password of the next connection. */
export interface PasswordSource {
  read(): Promise<string>;
  /** Drops the cached password after the database has rejected it; the next `read` fetches it again. */
  forget(): void;
}

const ManagedSecret = Type.Object({ password: Type.String({ minLength: 1 }) });
const isManagedSecret = strictAjv.compile<Static<typeof ManagedSecret>>(ManagedSecret);

/** The password in an RDS-managed secret, cached until the database rejects it. */
export function managedSecret(arn: string, client: SecretsManagerClient): PasswordSource {
  let pending: Promise<string> | undefined;
  return {
    read: () => {
      // Connections that open at the same time share one call; a failed call is not cached.
      pending ??= readSecret(arn, client).catch((error: unknown) => {
        pending = undefined;
        throw error;
      });
      return pending;
    },
    forget: () => {
      pending = undefined;
    },
  };
}

/** An IAM token of the task role for each connection, valid for 15 minutes; RDS checks it only when the connection opens. */
export function iamToken(config: SignerConfig, signer: Pick<Signer, "getAuthToken"> = new Signer(config)): PasswordSource {
  return { read: () => signer.getAuthToken(), forget: () => undefined };
}

async function readSecret(arn: string, client: SecretsManagerClient): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  const secret: unknown = parse(SecretString);
  if (!isManagedSecret(secret)) throw new Error(`secret ${arn} must be JSON with a password`);
  return secret.password;
}

function parse(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
