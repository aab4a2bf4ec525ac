import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  ECRClient,
  PutImageCommand,
  type CreateRepositoryCommandInput,
} from "@aws-sdk/client-ecr";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("ECR", () => {
  const aws = emulatorForSuite();
  const ecr = () => new ECRClient(aws.client());
  const create = (repositoryName: string, settings: Partial<CreateRepositoryCommandInput> = {}) =>
    ecr().send(new CreateRepositoryCommand({ repositoryName, ...settings }));
  const remove = (repositoryName: string, force = false) =>
    ecr().send(new DeleteRepositoryCommand({ repositoryName, force }));
  const push = (repositoryName: string, imageTag: string, content: string) => {
    const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
    const config = { mediaType, size: 1, digest: `sha256:${content}` };
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] });
    return ecr().send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
  };

  it("refuses a second repository with a name [repository-exists]", async () => {
    await create("taken");
    expect(await refusal(create("taken"))).toBe("RepositoryAlreadyExistsException");
    await remove("taken");
    expect(await refusal(create("taken"))).toBe("");
  });

  it("refuses to delete a repository with images unless forced [repository-not-empty]", async () => {
    await create("full");
    await push("full", "latest", "one");
    expect(await refusal(remove("full"))).toBe("RepositoryNotEmptyException");
    expect(await refusal(remove("full", true))).toBe("");
  });
});
