/** The variables with which Terraform, the AWS CLI and the SDKs reach the emulator and no other AWS. */
export function emulatorEnvironment(
  endpoint: string,
  region: string,
  current: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string | undefined>> {
  // Profiles, sessions, roles, CA bundles and endpoints of single services would all take effect.
  const inherited = Object.keys(current).filter((name) => name.startsWith("AWS_"));
  const bypass = ["127.0.0.1", "localhost", current.NO_PROXY ?? current.no_proxy].filter(Boolean).join(",");
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    AWS_ENDPOINT_URL: endpoint,
    // The S3 backend reads only this variable when it assumes a role with a web identity token.
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_ACCESS_KEY_ID: "AKIAEMULATOR00000000",
    AWS_SECRET_ACCESS_KEY: "emulator",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_PAGER: "",
    NO_PROXY: bypass,
    no_proxy: bypass,
  };
}
