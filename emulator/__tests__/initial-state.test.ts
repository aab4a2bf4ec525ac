import { execFileSync } from "node:child_process";
import { startEmulator } from "..";

const accountId = "111122223333";

describe("what exists from the start", () => {
  it("is refused before moto starts when the ARN of a role is invalid", async () => {
    // A role's ARN is checked before moto_server is looked for.
    const started = startEmulator({ accountId, roles: [{ arn: "notanarn" }], motoServer: "/absent/moto_server" });
    await expect(started).rejects.toThrow(
      '"notanarn" must be the ARN of a role, such as "arn:aws:iam::111122223333:role/deploy"',
    );
  });

  it("is refused before moto starts when the ARN of a policy is invalid", async () => {
    const started = startEmulator({ accountId, policies: ["limits"], motoServer: "/absent/moto_server" });
    await expect(started).rejects.toThrow('"limits" must be the ARN of a managed policy');
  });

  it("is refused before moto starts when the name of a hosted zone is invalid", async () => {
    const started = startEmulator({ accountId, hostedZones: ["a..b"], motoServer: "/absent/moto_server" });
    await expect(started).rejects.toThrow('"a..b" must be the name of a hosted zone: DomainLabelEmpty');
  });

  it("ends moto and the proxy when it cannot be created", async () => {
    const servers = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;
    const before = servers();
    const role = { arn: "arn:aws:iam::111122223333:role/deploy" };
    await expect(startEmulator({ accountId, roles: [role, role] })).rejects.toThrow("EntityAlreadyExists");
    expect(servers()).toBe(before);
    const children = execFileSync("ps", ["--ppid", String(process.pid), "-o", "args="]).toString();
    expect(children).not.toContain("moto_server");
  }, 60_000);
});
