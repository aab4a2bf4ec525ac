import { matching } from "../primitives";
import { partitionOf } from "../regions";

/** A container image: registry, name, and tag or digest. */
export const image = matching(
  /^[a-z0-9](?!.*\/\/)[\w./:@-]*$/,
  'must be a container image; write one such as "public.ecr.aws/nginx/nginx:1.29", or leave it out for the service\'s own repository',
);

/** Repository of an ECR image, or undefined for an image of another registry. */
export function ecrRepository(image: string): { readonly arn: string; readonly region: string } | undefined {
  const [, accountId, region, repository] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([a-z0-9/._-]+)(?:[:@].+)?$/.exec(image) ?? [];
  if (accountId === undefined || region === undefined || repository === undefined) return undefined;
  return { arn: `arn:${partitionOf(region)}:ecr:${region}:${accountId}:repository/${repository}`, region };
}

/** Images of a task beside the service's own, with their fields in the service. */
export function sidecarImages(service: {
  readonly sidecars: Readonly<Record<string, { readonly image: string }>>;
  readonly logs: { readonly driver: "awslogs" } | { readonly driver: "firelens"; readonly image: string };
  readonly telemetry?: { readonly image: string } | undefined;
}): { readonly field: readonly string[]; readonly image: string }[] {
  const { sidecars, logs, telemetry } = service;
  return [
    ...Object.entries(sidecars).map(([name, { image }]) => ({ field: ["sidecars", name, "image"], image })),
    ...(logs.driver === "firelens" ? [{ field: ["logs", "image"], image: logs.image }] : []),
    ...(telemetry === undefined ? [] : [{ field: ["telemetry", "image"], image: telemetry.image }]),
  ];
}
