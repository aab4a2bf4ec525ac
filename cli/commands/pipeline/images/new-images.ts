import { ToolError } from "../../../lib/toolchain";
import type { Session } from "../stack/session";
import { builtServices } from "./built";
import { hasTag, repositoryOf } from "./repository";

/**
 * The image of a tag for every service that runs one built here.
 *
 * @param service the one whose image is new. @default - all
 * @throws ToolError when a repository does not hold the tag
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
        `${repository.url} holds no image of tag ${tag}, and nothing was done; push it first: npm run pipeline -- image ${stack}`,
      );
    }
    for (const user of users) images.set(user, `${repository.url}:${tag}`);
  }
  return images;
}
