import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";
import { stackName, type StageConfig } from "../../../../schema";
import { repositoryName } from "../../../../stacks/naming";
import { ToolError } from "../../../lib/toolchain";
import { callAws, type Clients } from "../../../lib/aws";

type Ecr = Pick<Clients, "ecr">;

/** Where a service's images are kept. */
export interface ImageRepository {
  readonly name: string;
  /** Registry and name, to which a tag is added. */
  readonly url: string;
}

/**
 * The repository of a service.
 *
 * @throws ToolError when the stage was not applied yet
 */
export async function repositoryOf({ ecr }: Ecr, stage: StageConfig, service: string): Promise<ImageRepository> {
  const name = repositoryName(stage, service);
  const answer = ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] })).catch((error: unknown) => {
    if (error instanceof RepositoryNotFoundException) return { repositories: [] };
    throw error;
  });
  const { repositories = [] } = await callAws("ecr:DescribeRepositories", answer);
  const url = repositories[0]?.repositoryUri;
  if (url !== undefined) return { name, url };
  throw new ToolError(
    `there is no repository ${name} in ${stage.region}; apply the infrastructure of ${stackName(stage)} first`,
  );
}

/** Whether the repository holds an image of the tag. */
export async function hasTag({ ecr }: Ecr, { name }: ImageRepository, imageTag: string): Promise<boolean> {
  const command = new DescribeImagesCommand({ repositoryName: name, imageIds: [{ imageTag }] });
  const answer = ecr.send(command).catch((error: unknown) => {
    if (error instanceof ImageNotFoundException) return { imageDetails: [] };
    throw error;
  });
  const { imageDetails = [] } = await callAws("ecr:DescribeImages", answer);
  return imageDetails.length > 0;
}
