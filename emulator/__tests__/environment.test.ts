import { emulatorEnvironment } from "../environment";

describe("the environment of the emulated AWS", () => {
  const inherited = {
    AWS_PROFILE: "prod",
    AWS_SESSION_TOKEN: "t",
    AWS_CA_BUNDLE: "/ca",
    AWS_ENDPOINT_URL_S3: "x",
    NO_PROXY: "corp",
  };
  const environment = emulatorEnvironment("http://127.0.0.1:4000", "eu-west-1", inherited);

  it("contains the endpoint and region of the emulator", () => {
    expect(environment).toMatchObject({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4000",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  it.each(["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL_S3"])(
    "unsets %s, which could select a real account",
    (name) => {
      expect(environment).toHaveProperty(name, undefined);
    },
  );

  it("disables the configuration and credentials files", () => {
    expect(environment).toMatchObject({ AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" });
  });

  it("adds the emulator to the hosts that bypass an HTTP proxy", () => {
    expect(environment.NO_PROXY).toBe("127.0.0.1,localhost,corp");
  });
});
