import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { iamToken } from "../../src/database/credentials";
import { openPostgres } from "../../src/database/postgres";
import { verifiedTls } from "../../src/database/trust";
import { quiet } from "../fixtures/api";
import { makeCertificates, noOpenssl } from "../fixtures/certificates";
import { clientOf, noAws, startAws } from "../fixtures/emulated-aws";
import { noPostgres, PostgresServer } from "../fixtures/postgres-server";
import { startProgram } from "../fixtures/program";

describe("a server with TLS", { skip: noPostgres || noOpenssl || noAws }, () => {
  let server: PostgresServer;
  let certificates: ReturnType<typeof makeCertificates>;
  let aws: Awaited<ReturnType<typeof startAws>>;
  let secrets: SecretsManagerClient;
  let arn: string;

  before(async () => {
    certificates = makeCertificates();
    const settings = ["-c", "ssl=on", "-c", "ssl_cert_file=server.pem", "-c", "ssl_key_file=server.key"];
    server = await PostgresServer.start(settings, certificates.installInto);
    aws = await startAws();
    secrets = new SecretsManagerClient(clientOf(aws.endpoint));
    const SecretString = JSON.stringify({ username: "admin", password: "first" });
    arn = (await secrets.send(new CreateSecretCommand({ Name: "rds!db-1", SecretString }))).ARN ?? "";
  });
  after(async () => {
    await server.remove();
    await aws.stop();
    certificates.remove();
  });

  const connection = () => ({ host: "127.0.0.1", port: server.port, user: "admin", password: "first", database: "postgres" });
  const environment = () => ({
    ...aws.environment,
    DATABASE_HOST: "127.0.0.1",
    DATABASE_PORT: String(server.port),
    DATABASE_NAME: "postgres",
    DATABASE_USER: "admin",
    DATABASE_SECRET_ARN: arn,
    DATABASE_CA_FILE: certificates.authority,
    HOST: "127.0.0.1",
    PORT: "0",
  });

  it("is used over TLS with a trusted certificate authority", async () => {
    const database = openPostgres({ ...connection(), ssl: verifiedTls(certificates.authority) }, quiet);
    const rows = await database.query("select ssl, version from pg_stat_ssl where pid = pg_backend_pid()");
    await database.close();
    assert.deepEqual(rows, [{ ssl: true, version: "TLSv1.3" }]);
  });

  it("is rejected when the authorities of RDS did not sign its certificate", async () => {
    const database = openPostgres({ ...connection(), ssl: verifiedTls() }, quiet);
    await assert.rejects(database.query("select 1"), /self-signed certificate|unable to verify|issuer certificate/);
    await database.close();
  });

  it("is rejected when its host name is not in its certificate", async () => {
    const database = openPostgres({ ...connection(), host: "localhost", ssl: verifiedTls(certificates.authority) }, quiet);
    await assert.rejects(database.query("select 1"), /altnames|does not match/);
    await database.close();
  });

  it("accepts an IAM token as a password, a new one for each connection", async () => {
    let issued = 0;
    const signer = { getAuthToken: () => Promise.resolve(["wrong", "first", "second"][issued++] ?? "") };
    const source = iamToken({ hostname: "127.0.0.1", port: server.port, username: "admin" }, signer);
    const { password: _none, ...address } = connection();
    const database = openPostgres({ ...address, ssl: verifiedTls(certificates.authority) }, quiet, source);
    assert.deepEqual(await database.query("select 1 as one"), [{ one: 1 }]);
    await database.close();
    assert.equal(issued, 2);
  });

  it("can rotate its password: the service reads the secret again, without a restart", async () => {
    assert.equal(await startProgram("migrate", environment()).exit, 0);
    const program = startProgram("server", environment());
    const address = await program.address();
    assert.equal((await fetch(`${address}/api/items`)).status, 200);

    await server.run("alter role admin password 'second'");
    await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: JSON.stringify({ username: "admin", password: "second" }) }));
    await server.run("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'items-service'", "second");
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await fetch(`${address}/api/items`)).status));

    assert(statuses.every((status) => status === 200 || status === 503), String(statuses));
    assert.equal((await fetch(`${address}/api/items`)).status, 200);
    await program.logged("the database rejected the password; reading it again");
    assert.doesNotMatch(program.output.join("\n"), /second/);
    await program.stop();
  });
});
