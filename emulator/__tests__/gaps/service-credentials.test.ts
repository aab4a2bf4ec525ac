import { CreateUserCommand, IAMClient, ListServiceSpecificCredentialsCommand } from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("the credentials that a user has for services", () => {
  const aws = emulatorForSuite();

  it("are none of a user that exists", async () => {
    const iam = new IAMClient(aws.client());
    await iam.send(new CreateUserCommand({ UserName: "plain" }));
    const list = (UserName: string) => iam.send(new ListServiceSpecificCredentialsCommand({ UserName }));
    expect((await list("plain")).ServiceSpecificCredentials).toEqual([]);
    expect(await refusal(list("unknown"))).toBe("NoSuchEntity");
  });
});
