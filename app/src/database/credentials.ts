import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Signer, type SignerConfig } from "@aws-sdk/rds-signer";
import { Type, type Static } from "@sinclair/typebox";
import { strictAjv } from "../validation";

/** Gives the password of the next connection. */
export interface PasswordSource {
  read(): Promise<string>;
  /** The password was refused: the next read asks its source again. */
  forget(): void;
}

const ManagedSecret = Type.Object({ password: Type.String({ minLength: 1 }) });
const isManagedSecret = strictAjv.compile<Static<typeof ManagedSecret>>(ManagedSecret);

/** The password in an RDS-managed secret, kept until a connection with it is refused. */
export function managedSecret(arn: string, client: SecretsManagerClient): PasswordSource {
  let pending: Promise<string> | undefined;
  return {
    read: () => {
      // Connections that open at the same time share one call; a failed one is not kept.
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

/** A token of the task role for each connection: it is checked at the start of a connection and lasts 15 minutes. */
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
