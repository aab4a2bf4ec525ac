import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import type { Variables } from "emulated-aws";
import { ToolError } from "../tool-error";
import { postgresPrograms, PostgresServer } from "./postgres";

const managedSecret = z.object({ password: z.string() });

/** The PostgreSQL servers of this machine that run in place of the databases of a stage, each started at its first use. */
export class Databases {
  private readonly servers = new Map<string, Promise<PostgresServer>>();
  private reason: string | undefined;
  private isStopped = false;

  /** @param findPrograms finds PostgreSQL's programs. @default - as postgresPrograms does */
  constructor(private readonly findPrograms = () => postgresPrograms()) {}

  /** What runs in place of the databases that were used, such as "PostgreSQL 17.6". */
  public async describe(): Promise<string[]> {
    if (this.reason !== undefined) return [`its embedded database: ${this.reason}`];
    const servers = await Promise.all(this.servers.values());
    return servers.map(({ version }) => `PostgreSQL ${version}`);
  }

  /**
   * The variables with which a process connects to a server of this machine in place of its database, with the user and
   * the password of that; without a server, those with which the service uses its embedded one.
   */
  public async variables(container: Variables): Promise<Variables> {
    const { DATABASE_HOST: host = "", DATABASE_NAME: database = "", DATABASE_USER: user = "" } = container;
    if (host === "") return {};
    const server = await this.serverOf(`${host}:${container.DATABASE_PORT ?? ""}`);
    if (!server) return withoutDatabase(container);
    const { DATABASE_SECRET_ARN: secret } = container;
    const password = secret === undefined ? undefined : await passwordOf(secret, container);
    await server.create({ database, user, password });
    return { DATABASE_HOST: "127.0.0.1", DATABASE_PORT: String(server.port), DATABASE_CA_FILE: server.authority };
  }

  /** Ends all servers; no other is started. */
  public async stop(): Promise<void> {
    this.isStopped = true;
    const servers = await Promise.allSettled(this.servers.values());
    await Promise.all(servers.flatMap((server) => (server.status === "fulfilled" ? [server.value.stop()] : [])));
    this.servers.clear();
  }

  private async serverOf(name: string): Promise<PostgresServer | undefined> {
    if (this.isStopped) throw new ToolError("the databases were stopped");
    const programs = this.findPrograms();
    const started = this.servers.get(name) ?? (programs === undefined ? undefined : PostgresServer.start(programs));
    if (!started) {
      this.reason = "no PostgreSQL server is installed";
      return undefined;
    }
    this.servers.set(name, started);
    try {
      return await started;
    } catch (error) {
      // It stays, so that the other tasks do not wait for it as well.
      this.reason = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }
}

/** An empty value counts as none. */
function withoutDatabase(container: Variables): Variables {
  const names = Object.keys(container).filter((name) => name.startsWith("DATABASE_"));
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/** The password in a secret, read as the service reads it: with the credentials of its task's role. */
async function passwordOf(arn: string, variables: Variables): Promise<string> {
  const client = new SecretsManagerClient({
    endpoint: variables.AWS_ENDPOINT_URL,
    region: variables.AWS_REGION,
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? "",
      sessionToken: variables.AWS_SESSION_TOKEN,
    },
  });
  try {
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    return managedSecret.parse(JSON.parse(SecretString)).password;
  } finally {
    client.destroy();
  }
}
