import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, hasEnded, lastLines, stop, supervise, type Supervised } from "emulated-aws";
import which from "which";
import { run } from "../run";
import { ToolError, ToolFailure } from "../tool-error";

/** A user of a database, as it is on RDS. */
export interface DatabaseUser {
  readonly database: string;
  readonly user: string;
  /** @default - the user authenticates with an IAM token, which is not checked */
  readonly password?: string;
}

const host = "127.0.0.1";
const superuser = "rdsadmin";
const startTimeoutMs = 30_000;

// PostgreSQL refuses to run as root; 65534 is the user without any rights of every Linux distribution.
const unprivileged = { uid: 65534, gid: 65534 };
const user = process.getuid?.() === 0 ? unprivileged : undefined;

/** Paths of PostgreSQL's programs. */
export type PostgresPrograms = Readonly<Record<"initdb" | "postgres" | "psql", string>>;

/** PostgreSQL's programs on this machine; undefined when no server or no client is installed. */
export function postgresPrograms(path = process.env.PATH ?? ""): PostgresPrograms | undefined {
  // Debian keeps the programs of each version apart, and only the client's in the PATH.
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((one, other) => Number(other) - Number(one)) : [];
  const folders = [path, ...versions.map((version) => join(debian, version, "bin"))].join(delimiter);
  const find = (name: string) => which.sync(name, { path: folders, nothrow: true });
  const [initdb, postgres, psql] = [find("initdb"), find("postgres"), find("psql")];
  return initdb !== null && postgres !== null && psql !== null ? { initdb, postgres, psql } : undefined;
}

/** A PostgreSQL server on this machine in a temporary folder, over TLS, which ends at the latest with this process. */
export class PostgresServer {
  /** File with the certificate authority of the server. */
  public readonly authority: string;
  private creation: Promise<void> = Promise.resolve();

  private constructor(
    public readonly port: number,
    /** Such as "17.6". */
    public readonly version: string,
    private readonly folder: string,
    private readonly programs: PostgresPrograms,
    private readonly child: Supervised,
  ) {
    this.authority = join(folder, "server.crt");
  }

  /**
   * Starts a server without data.
   *
   * @throws ToolError when it does not start, or openssl is missing
   */
  public static async start(programs: PostgresPrograms): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "database-"));
    const data = join(folder, "data");
    try {
      await certificate(folder);
      if (user) for (const name of [".", "server.crt", "server.key"]) chownSync(join(folder, name), user.uid, user.gid);
      const locale = { env: { LC_ALL: "C.UTF-8", PATH: process.env.PATH }, cwd: folder };
      const init = ["-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "-N"];
      execFileSync(programs.initdb, init, { ...locale, ...user, stdio: "pipe" });
      writeFileSync(join(data, "pg_hba.conf"), accessRules);
      const port = await freePort();
      const settings = [
        "ssl=on",
        `ssl_cert_file=${folder}/server.crt`,
        `ssl_key_file=${folder}/server.key`,
        "fsync=off",
      ];
      const args = [
        "-D",
        data,
        "-p",
        String(port),
        "-k",
        folder,
        "-h",
        host,
        ...settings.flatMap((each) => ["-c", each]),
      ];
      const child = supervise(programs.postgres, args, { ...locale, ...(user && { user }) });
      try {
        const version = await versionOnceItRuns(programs, { folder, port, child });
        return new PostgresServer(port, version, folder, programs, child);
      } catch (error) {
        await stop(child);
        throw error;
      }
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Creates a user and its database, unless they exist; for one container after the other. */
  public create(user: DatabaseUser): Promise<void> {
    const created = this.creation.then(() => this.createNow(user));
    this.creation = created.catch(() => undefined);
    return created;
  }

  private async createNow({ database, user: name, password }: DatabaseUser): Promise<void> {
    const login = password === undefined ? "in role rds_iam" : "password :'password'";
    const settings = [
      `user=${name}`,
      `database=${database}`,
      ...(password === undefined ? [] : [`password=${password}`]),
    ];
    const args = ["-q", "-X", "-v", "ON_ERROR_STOP=1", "-h", this.folder, "-p", String(this.port), "-U", superuser];
    const input = [
      "select 'create role rds_iam' where not exists (select from pg_roles where rolname = 'rds_iam') \\gexec",
      "select exists (select from pg_roles where rolname = :'user') as known \\gset",
      "\\if :known",
      "\\else",
      `create role :"user" login createdb createrole ${login};`,
      "\\endif",
      "select exists (select from pg_database where datname = :'database') as known \\gset",
      "\\if :known",
      "\\else",
      `create database :"database" owner :"user";`,
      "\\endif",
    ].join("\n");
    const variables = settings.flatMap((setting) => ["-v", setting]);
    const { exitCode, tail } = await run(this.programs.psql, [...args, ...variables, "postgres"], { input });
    if (exitCode !== 0) throw new ToolFailure(`psql, which creates the database ${database},`, exitCode, tail);
  }

  /** Ends the server, and deletes its data. */
  public async stop(): Promise<void> {
    await stop(this.child);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// As RDS: TLS only, and no password for a user with the role rds_iam, whose token no server on this machine can check.
const accessRules = `local all ${superuser} trust
hostssl all +rds_iam all trust
hostssl all all all scram-sha-256
`;

/** A certificate for the server's address, which is its own authority. */
async function certificate(folder: string): Promise<void> {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "server.key"];
  const subject = ["-subj", "/CN=database", "-addext", `subjectAltName=IP:${host}`, "-days", "2"];
  const args = ["req", "-x509", ...key, ...subject, "-out", "server.crt"];
  const { exitCode, tail } = await run("openssl", args, { cwd: folder });
  if (exitCode !== 0) throw new ToolFailure("openssl req", exitCode, tail);
}

interface StartingServer {
  readonly folder: string;
  readonly port: number;
  readonly child: Supervised;
}

async function versionOnceItRuns({ psql }: PostgresPrograms, { folder, port, child }: StartingServer): Promise<string> {
  const connection = ["-h", folder, "-p", String(port), "-U", superuser, "postgres"];
  const args = ["-X", "-A", "-t", "-c", "show server_version", ...connection];
  const printed = lastLines(child);
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const { exitCode, tail } = await run(psql, args);
    if (exitCode === 0) return tail[0]?.split(" ")[0] ?? "";
    if (hasEnded(child) || Date.now() > deadline) {
      throw new ToolError(`PostgreSQL does not start: ${printed() || tail.join(" ")}`);
    }
    await sleep(100);
  }
}
