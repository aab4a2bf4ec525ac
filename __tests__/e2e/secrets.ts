import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";

const login = z.object({ password: z.string() });

/** Secrets Manager of the account in which a stage is deployed. */
export function secretsManagerAt(endpoint: string): SecretsManagerClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new SecretsManagerClient({ endpoint, region: "us-east-1", credentials });
}

/** What is secret in each secret of the account, by the secret's name: of a login, the password. */
export async function secretValues(client: SecretsManagerClient): Promise<ReadonlyMap<string, string>> {
  const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
  const values = SecretList.map(async ({ Name = "" }): Promise<[string, string]> => {
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: Name }));
    return [Name, SecretString.startsWith("{") ? login.parse(JSON.parse(SecretString)).password : SecretString];
  });
  return new Map(await Promise.all(values));
}
