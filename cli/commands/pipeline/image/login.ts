import { GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { ToolError } from "../../../lib/toolchain";
import { callAws, type Clients } from "../../../lib/aws";

/** What a registry asks of a builder; the password is for its standard input only. */
export interface Login {
  readonly registry: string;
  readonly user: string;
  readonly password: string;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html#registry-auth-token */
export async function loginTo({ ecr }: Pick<Clients, "ecr">, repositoryUrl: string): Promise<Login> {
  const answer = await callAws("ecr:GetAuthorizationToken", ecr.send(new GetAuthorizationTokenCommand()));
  const token = answer.authorizationData?.[0]?.authorizationToken ?? "";
  const [, user = "", password = ""] = /^([^:]*):(.*)$/.exec(Buffer.from(token, "base64").toString("utf8")) ?? [];
  if (password === "") throw new ToolError("ECR gave no password; try again");
  return { registry: repositoryUrl.split("/")[0] ?? "", user, password };
}
