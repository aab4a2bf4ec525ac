import type { Environment } from "../environment";

/** Address of the database and credentials of its user. */
export type DatabaseSettings =
  | { readonly kind: "embedded"; readonly directory?: string }
  | { readonly kind: "url"; readonly url: string }
  | {
      readonly kind: "server";
      readonly host: string;
      readonly port: number;
      readonly name: string;
      readonly user: string;
      readonly caFile?: string;
      readonly credentials: Credentials;
    };

/** Source of a connection's password. */
export type Credentials =
  | { readonly kind: "secret"; readonly arn: string }
  | { readonly kind: "iam"; readonly region: string };

/** Selects the database from its variables; adds missing and conflicting variables to `problems`. */
export function databaseSettings(environment: Environment, problems: string[]): DatabaseSettings {
  const { DATABASE_HOST: host, DATABASE_URL: url, DATABASE_DIR: directory } = environment;
  if (url !== undefined) {
    refuse(environment, ["DATABASE_HOST", "DATABASE_SECRET_ARN", "DATABASE_AUTH", "DATABASE_DIR"], "DATABASE_URL", problems);
    return { kind: "url", url };
  }
  if (host !== undefined) {
    refuse(environment, ["DATABASE_DIR"], "DATABASE_HOST", problems);
    return serverSettings(host, environment, problems);
  }
  for (const name of ["DATABASE_PORT", "DATABASE_NAME", "DATABASE_USER", "DATABASE_READER_HOST", "DATABASE_SECRET_ARN", "DATABASE_AUTH"] as const) {
    if (environment[name] !== undefined) problems.push(`${name}: is set without DATABASE_HOST`);
  }
  return { kind: "embedded", directory };
}

function serverSettings(host: string, environment: Environment, problems: string[]): DatabaseSettings {
  const { DATABASE_NAME: name, DATABASE_USER: user, DATABASE_PORT: port = 5432, DATABASE_CA_FILE: caFile } = environment;
  if (name === undefined) problems.push("DATABASE_NAME: is required by DATABASE_HOST");
  if (user === undefined) problems.push("DATABASE_USER: is required by DATABASE_HOST");
  const credentials = chooseCredentials(environment, problems);
  return { kind: "server", host, port, name: name ?? "", user: user ?? "", caFile, credentials };
}

function chooseCredentials(environment: Environment, problems: string[]): Credentials {
  const { DATABASE_SECRET_ARN: arn, DATABASE_AUTH: auth, AWS_REGION: region } = environment;
  if (auth === "iam") {
    if (arn !== undefined) problems.push("DATABASE_SECRET_ARN: cannot be combined with DATABASE_AUTH=iam");
    if (region === undefined) problems.push("AWS_REGION: is required by DATABASE_AUTH=iam");
    return { kind: "iam", region: region ?? "" };
  }
  if (arn === undefined) problems.push("DATABASE_SECRET_ARN: is required by DATABASE_HOST, or DATABASE_AUTH=iam");
  return { kind: "secret", arn: arn ?? "" };
}

function refuse(environment: Environment, names: readonly (keyof Environment)[], other: string, problems: string[]): void {
  for (const name of names) {
    if (environment[name] !== undefined) problems.push(`${name}: cannot be combined with ${other}`);
  }
}
