import { DeleteServiceCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, echoCommands, echoed } from "./deployment";

describe("the tasks of services", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const deployment = new Deployment(aws);
  let service: string;
  let url: string;

  beforeAll(async () => {
    const TargetGroupArn = await deployment.targetGroup("echo");
    url = `http://${(await deployment.balancer("shop", [{ Type: "forward", TargetGroupArn }])).dnsName}`;
    const arn = await new SecretsManagerClient(aws.client()).send(
      new CreateSecretCommand({ Name: "database", SecretString: '{"password":"s3cret"}' }),
    );
    await new SSMClient(aws.client()).send(
      new PutParameterCommand({ Name: "/shop/level", Value: "debug", Type: "SecureString" }),
    );
    const definition = await deployment.taskDefinition(
      {
        environment: [
          { name: "PORT", value: "8080" },
          { name: "STAGE", value: "dev01" },
        ],
        secrets: [
          { name: "DATABASE_PASSWORD", valueFrom: `${arn.ARN ?? ""}:password::` },
          { name: "LEVEL", valueFrom: "/shop/level" },
        ],
      },
      await deployment.taskRole(),
    );
    service = await deployment.service(TargetGroupArn, definition);
  });

  it("runs the process with the container's variables, its secrets, a port of this machine and the emulated AWS", async () => {
    const { environment } = await echoed(await aws.request(`${url}/`));
    expect(environment).toMatchObject({
      STAGE: "dev01",
      DATABASE_PASSWORD: "s3cret",
      LEVEL: "debug",
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_REGION: "us-east-1",
    });
    expect(environment.PORT).not.toBe("8080");
  });

  it("runs the process with the credentials of the task's role", async () => {
    const { environment } = await echoed(await aws.request(`${url}/`));
    expect(environment.AWS_SESSION_TOKEN).toBeDefined();
    expect(environment.AWS_ACCESS_KEY_ID).not.toBe("AKIAEMULATOR00000000");
  });

  it("answers 502 when the process ends the connection, and starts it again for the next request", async () => {
    const { pid } = await echoed(await aws.request(`${url}/`));
    expect((await aws.request(`${url}/exit`)).status).toBe(502);
    expect((await echoed(await aws.request(`${url}/`))).pid).not.toBe(pid);
  });

  it("answers 503 with the reason when no command is configured for the image", async () => {
    const TargetGroupArn = await deployment.targetGroup("unknown");
    const { dnsName } = await deployment.balancer("unknown", [{ Type: "forward", TargetGroupArn }]);
    await deployment.service(TargetGroupArn, await deployment.taskDefinition({ image: "shop/other:1" }));
    const response = await aws.request(`http://${dnsName}/`);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("no command is configured for the image shop/other:1");
  });

  it("keeps the old process when the new task definition does not start, and replaces it when it does", async () => {
    const { pid } = await echoed(await aws.request(`${url}/`));
    const update = async (name: string): Promise<number> => {
      const taskDefinition = await deployment.taskDefinition({ environment: [{ name, value: "1" }] });
      await deployment.ecs.send(new UpdateServiceCommand({ cluster: "main", service, taskDefinition }));
      return (await echoed(await aws.request(`${url}/`))).pid;
    };
    expect(await update("FAILS_AT_START")).toBe(pid);
    expect(await update("STARTS")).not.toBe(pid);
  });

  it("ends the process with the service, whose target group has no targets then", async () => {
    const { pid } = await echoed(await aws.request(`${url}/`));
    await deployment.ecs.send(new DeleteServiceCommand({ cluster: "main", service, force: true }));
    expect((await aws.request(`${url}/`)).status).toBe(503);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});
