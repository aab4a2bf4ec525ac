import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Account } from "../../../../cli/commands/bootstrap/account";
import { accountWith } from "../../../stacks/account/synthesized-account";

const assumeRoleArn = "arn:aws:iam::111122223333:role/administrator";
const own = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

describe("the AWS account of an account stack", () => {
  const before = { ...process.env };
  /** HTTP status of each object or bucket, by its path. */
  let paths: Readonly<Record<string, number>> = {};
  let account = "111122223333";
  /** Services with a service-linked role, and those for which one was created. */
  let linked: readonly string[] = [];
  const created: string[] = [];
  const server = createServer((request, response) => {
    if (request.method === "HEAD") {
      response.writeHead(paths[new URL(request.url ?? "", "http://localhost").pathname] ?? 404).end();
      return;
    }
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      const call = new URLSearchParams(body);
      if (call.get("Action") === "ListRoles") {
        response.writeHead(200, { "content-type": "text/xml" }).end(listOf(linked, call.get("PathPrefix")));
        return;
      }
      if (call.get("Action") === "CreateServiceLinkedRole") created.push(call.get("AWSServiceName") ?? "");
      const refused = body.includes("Action=AssumeRole");
      response
        .writeHead(refused ? 403 : 200, { "content-type": "text/xml" })
        .end(
          refused
            ? "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>"
            : `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
        );
    });
  });

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
    Object.assign(process.env, own, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    process.env = before;
  });

  const stateStatus = (answers: typeof paths) => {
    paths = answers;
    return new Account(accountWith()).stateStatus();
  };
  const key = "/shop-state/shop/account-shop-dev/us-east-1/terraform.tfstate";

  it("must be the account of the credentials", async () => {
    account = "111122223333";
    await expect(new Account(accountWith()).verify()).resolves.toBeUndefined();
    account = "444455556666";
    await expect(new Account(accountWith()).verify()).rejects.toThrow(
      "the AWS credentials are of account 444455556666, and account-shop-dev-us-east-1 is in 111122223333; use credentials of 111122223333",
    );
  });

  it("is refused when its role cannot be assumed", async () => {
    await expect(new Account(accountWith({ assumeRoleArn })).verify()).rejects.toThrow(
      `the role ${assumeRoleArn} cannot be assumed; let it trust these credentials, or correct assumeRoleArn`,
    );
  });

  it("has a state status by the content of its bucket", async () => {
    expect(await stateStatus({})).toBe("no bucket");
    expect(await stateStatus({ "/shop-state": 200, "/shop-state/": 200 })).toBe("a bucket without state");
    expect(await stateStatus({ "/shop-state": 200, "/shop-state/": 200, [key]: 200 })).toBe("state in the bucket");
  });

  it("gets the service-linked roles that it lacks, and only those", async () => {
    linked = ["ecs.amazonaws.com", "support.amazonaws.com"];
    const services = ["ecs.amazonaws.com", "rds.amazonaws.com", "wafv2.amazonaws.com"];
    const missing = ["rds.amazonaws.com", "wafv2.amazonaws.com"];
    await expect(new Account(accountWith()).createServiceLinkedRoles(services)).resolves.toEqual(missing);
    expect(created).toEqual(missing);
    linked = services;
    await expect(new Account(accountWith()).createServiceLinkedRoles(services)).resolves.toEqual([]);
    expect(created).toEqual(missing);
  });

  it("gets no service-linked role that only its service creates", async () => {
    linked = [];
    const services = ["apidestinations.events.amazonaws.com", "ec2-instance-connect.amazonaws.com"];
    await expect(new Account(accountWith()).createServiceLinkedRoles(services)).resolves.toEqual([]);
  });

  it("is refused when the bucket belongs to another account", async () => {
    await expect(stateStatus({ "/shop-state": 403, "/shop-state/": 403 })).rejects.toThrow(
      "the bucket shop-state exists in another account or region (HTTP 403); name another as stateBucket",
    );
  });
});

/** The answer to iam:ListRoles, with roles of the services below the path. */
function listOf(services: readonly string[], prefix: string | null): string {
  const paths = services
    .map((service) => `/aws-service-role/${service}/`)
    .filter((path) => path.startsWith(prefix ?? ""));
  const members = paths.map((path) => `<member><Path>${path}</Path><RoleName>a</RoleName></member>`).join("");
  return `<ListRolesResponse><ListRolesResult><IsTruncated>false</IsTruncated><Roles>${members}</Roles></ListRolesResult></ListRolesResponse>`;
}
