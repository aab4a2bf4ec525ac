import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectFolder } from "../../../../cli/lib/project";
import { run } from "../../../../cli/lib/run";
import { TemporaryFolder } from "../../lib/temporary-folder";

const folder = new TemporaryFolder();
const token = "canary-token";
const role = "arn:aws:iam::111122223333:role/pipeline/plan";

const show =
  'echo "role=${AWS_ROLE_ARN:-} file=${AWS_WEB_IDENTITY_TOKEN_FILE:-} key=${AWS_ACCESS_KEY_ID:-} session=${AWS_SESSION_TOKEN:-}"';

/** Runs a job's script after the credentials were prepared, as GitLab does: in one shell. */
async function job(variables: Readonly<Record<string, string>>, script = show) {
  const env = {
    AWS_ROLE_ARN: undefined,
    AWS_ID_TOKEN: undefined,
    AWS_ASSUME_ROLE_ARN: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_ACCESS_KEY_ID: "stale",
    AWS_SECRET_ACCESS_KEY: "stale",
    PATH: [join(folder.path, "bin"), process.env.PATH].join(delimiter),
    ...variables,
  };
  const text = `set -e\n. ${join(projectFolder, "ci/credentials.sh")}\n${script}`;
  const { exitCode, tail } = await run("sh", ["-c", text], { cwd: folder.path, env });
  return { exitCode, output: tail.join("\n") };
}

describe("the credentials of a job", () => {
  it("are a role by GitLab's token, in a file that is removed after the job", async () => {
    const { exitCode, output } = await job(
      { AWS_ROLE_ARN: role, AWS_ID_TOKEN: token },
      `${show}; ls -l "$AWS_WEB_IDENTITY_TOKEN_FILE"; grep -c ${token} "$AWS_WEB_IDENTITY_TOKEN_FILE"`,
    );
    expect(exitCode).toBe(0);
    const [, file = ""] = / file=(\S+) key= session=\n-rw------- .*\n1$/.exec(output) ?? [];
    expect(output).toContain(`role=${role}`);
    expect(file).not.toBe("");
    expect(existsSync(file)).toBe(false);
  });

  it("are those of AWS_ASSUME_ROLE_ARN, assumed with the credentials of the runner", async () => {
    folder.script("bin/aws", 'echo "$@" > arguments; printf "KEY\\tSECRET\\tSESSION\\n"');
    const { exitCode, output } = await job(
      {
        AWS_ASSUME_ROLE_ARN: "arn:aws:iam::111122223333:role/deploy",
        AWS_ROLE_ARN: role,
        AWS_ROLE_SESSION_NAME: "gitlab-1-2",
      },
      `${show}; echo "secret=$AWS_SECRET_ACCESS_KEY"; cat arguments`,
    );
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: [
        "role= file= key=KEY session=SESSION",
        "secret=SECRET",
        "sts assume-role --role-arn arn:aws:iam::111122223333:role/deploy --role-session-name gitlab-1-2 --output text --query Credentials.[AccessKeyId,SecretAccessKey,SessionToken]",
      ].join("\n"),
    });
  });

  it("end the job with one message when AWS_ASSUME_ROLE_ARN cannot be assumed", async () => {
    folder.script("bin/aws", 'echo "AccessDenied" >&2; exit 254');
    const { exitCode, output } = await job({ AWS_ASSUME_ROLE_ARN: "arn:aws:iam::111122223333:role/deploy" });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/The role arn:aws:iam::111122223333:role\/deploy cannot be assumed: let it trust/);
    expect(output).not.toContain("role=");
  });

  it.each([
    [{ STACK: "dev02-us-east-1" }, /This job has no role: .* dev02-us-east-1, or set AWS_ASSUME_ROLE_ARN/],
    [{ AWS_ROLE_ARN: role }, /This job has no ID token/],
  ])("end the job with one message when they are missing: %j", async (variables, message) => {
    const { exitCode, output } = await job(variables);
    expect(exitCode).toBe(1);
    expect(output).toMatch(message);
  });
});
