import { existsSync } from "node:fs";
import { Databases } from "../../../../cli/lib/local-service/databases";
import { PostgresServer, postgresPrograms } from "../../../../cli/lib/local-service/postgres";
import { run } from "../../../../cli/lib/run";

const programs = postgresPrograms();
const withServer = programs === undefined ? describe.skip : describe;
const title = `the databases of this machine${programs === undefined ? " (skipped: no PostgreSQL server is installed)" : ""}`;

/** What psql prints, or why it does not connect. */
async function query(settings: Readonly<Record<string, string>>, sql: string): Promise<string> {
  const connection = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const { tail } = await run(programs?.psql ?? "", ["-X", "-A", "-t", "-c", sql, connection.join(" ")]);
  return tail.join("\n");
}

withServer(title, () => {
  let server: PostgresServer;
  let connection: Readonly<Record<string, string>>;
  beforeAll(async () => {
    if (programs) server = await PostgresServer.start(programs);
    await server.create({ database: "app", user: "owner", password: "it's-$1" });
    const tls = { sslmode: "verify-full", sslrootcert: server.authority };
    connection = { host: "127.0.0.1", port: String(server.port), dbname: "app", ...tls };
  });
  afterAll(() => server.stop());

  test("let a user in by TLS and its password, to the database that it owns", async () => {
    const settings = { ...connection, user: "owner", password: "'it\\'s-$1'" };
    expect(await query(settings, "create table items (id int); select current_user")).toMatch(/owner$/);
    expect(await query({ ...settings, password: "wrong" }, "select 1")).toContain("password authentication failed");
    expect(await query({ ...settings, sslmode: "disable" }, "select 1")).toContain("no pg_hba.conf entry");
  });

  test("let a user with an IAM token in, whatever the token is", async () => {
    await server.create({ database: "app", user: "tokens" });
    expect(await query({ ...connection, user: "tokens", password: "any" }, "select current_user")).toBe("tokens");
  });

  test("are created once for containers that start at the same time", async () => {
    const user = { database: "shared", user: "shared", password: "shared" };
    await Promise.all([1, 2, 3].map(() => server.create(user)));
    const settings = { ...connection, dbname: "shared", user: "shared", password: "shared" };
    expect(await query(settings, "select current_database()")).toBe("shared");
  });

  test("have a user once, with its first password", async () => {
    await server.create({ database: "app", user: "owner", password: "another" });
    expect(await query({ ...connection, user: "owner", password: "'it\\'s-$1'" }, "select 1")).toBe("1");
  });

  test("run in place of the database of a container, which keeps its user and its database, and leave no file", async () => {
    const databases = new Databases();
    const container = {
      DATABASE_HOST: "orders.abc.us-east-1.rds.amazonaws.com",
      DATABASE_PORT: "5432",
      DATABASE_NAME: "app",
      DATABASE_USER: "owner",
      DATABASE_AUTH: "iam",
    };
    const first = await databases.variables(container);
    expect(first).toMatchObject({
      DATABASE_HOST: "127.0.0.1",
      DATABASE_CA_FILE: expect.stringContaining("server.crt") as string,
    });
    expect(await databases.variables(container)).toEqual(first);
    expect(await databases.describe()).toEqual([expect.stringMatching(/^PostgreSQL \d+\S*$/)]);
    expect(existsSync(first.DATABASE_CA_FILE ?? "")).toBe(true);
    await databases.stop();
    await expect(databases.variables(container)).rejects.toThrow("the databases were stopped");
    expect(existsSync(first.DATABASE_CA_FILE ?? "")).toBe(false);
  });
});

test("a container without a database keeps its variables", async () => {
  const databases = new Databases();
  expect(await databases.variables({ PORT: "8080" })).toEqual({});
  expect(await databases.describe()).toEqual([]);
});

test("without a PostgreSQL server, the variables of the database are empty, and the reason is shown", async () => {
  const databases = new Databases(() => undefined);
  const container = { DATABASE_HOST: "orders.rds.amazonaws.com", DATABASE_AUTH: "iam", PORT: "8080" };
  expect(await databases.variables(container)).toEqual({ DATABASE_HOST: "", DATABASE_AUTH: "" });
  expect(await databases.describe()).toEqual(["its embedded database: no PostgreSQL server is installed"]);
});
