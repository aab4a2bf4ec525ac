import { canReach, canReachService, imageServices, internet, type Network, type Reachability } from "network-paths";

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const ecrImage = /^\d{12}\.dkr\.ecr\.([a-z\d-]+)\.amazonaws\.com(\.cn)?\//;

/**
 * Whether a task can pull an image: from ECR in its region through what the names of ECR and S3 resolve to, from any other
 * registry over the internet.
 *
 * @param task name of its host
 */
export function canPullImage(network: Network, task: string, image: string, region: string): Reachability {
  const isInRegion = ecrImage.exec(image)?.[1] === region;
  const results = isInRegion
    ? imageServices.map((service) => canReachService(network, task, service))
    : [canReach(network, task, internet, 443)];
  return results.find(({ reachable }) => !reachable) ?? { reachable: true };
}
