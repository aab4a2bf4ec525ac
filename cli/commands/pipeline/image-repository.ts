import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";
import { stackName, type StageConfig } from "../../../schema";
import { repositoryName } from "../../../stacks/naming";
import { ToolError } from "../../lib/tool-error";
import { callAws, type Clients } from "../../lib/aws";
import { builtServices } from "../../lib/built-services";
import type { Session } from "./session";

type Ecr = Pick<Clients, "ecr">;

/** The ECR repository of a service. */
export interface ImageRepository {
  readonly name: string;
  /** Registry and name, to which a tag is appended. */
  readonly url: string;
}

/**
 * The repository of a service.
 *
 * @throws ToolError when it does not exist yet
 */
export async function repositoryOf({ ecr }: Ecr, stage: StageConfig, service: string): Promise<ImageRepository> {
  const name = repositoryName(stage, service);
  const output = ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] })).catch((error: unknown) => {
    if (error instanceof RepositoryNotFoundException) return { repositories: [] };
    throw error;
  });
  const { repositories = [] } = await callAws("ecr:DescribeRepositories", output);
  const url = repositories[0]?.repositoryUri;
  if (url !== undefined) return { name, url };
  throw new ToolError(
    `there is no repository ${name} in ${stage.region}; apply the infrastructure of ${stackName(stage)} first`,
  );
}

/** Whether the repository contains an image with the tag. */
export async function hasTag({ ecr }: Ecr, { name }: ImageRepository, imageTag: string): Promise<boolean> {
  const command = new DescribeImagesCommand({ repositoryName: name, imageIds: [{ imageTag }] });
  const output = ecr.send(command).catch((error: unknown) => {
    if (error instanceof ImageNotFoundException) return { imageDetails: [] };
    throw error;
  });
  const { imageDetails = [] } = await callAws("ecr:DescribeImages", output);
  return imageDetails.length > 0;
}

/**
 * The image of a tag for every service that runs an image built here.
 *
 * @param service the service whose image is new. @default - all
 * @throws ToolError when a repository does not contain the tag
 */
export async function newImages(
  { clients, stage, stack }: Session,
  tag: string,
  service?: string,
): Promise<ReadonlyMap<string, string>> {
  const images = new Map<string, string>();
  for (const { name, users } of builtServices(stage, service)) {
    const repository = await repositoryOf(clients, stage, name);
    if (!(await hasTag(clients, repository, tag))) {
      throw new ToolError(
        `${repository.url} contains no image of tag ${tag}, and nothing was done; push it first: npm run pipeline -- image ${stack}`,
      );
    }
    for (const user of users) images.set(user, `${repository.url}:${tag}`);
  }
  return images;
}
