import { matching } from "../primitives";
import type { Logs } from "./observability";

/** A container image as Docker writes it: registry, name, and tag or digest. */
export const image = matching(
  /^[a-z0-9](?!.*\/\/)[\w./:@-]*$/,
  'is no image; write one such as "public.ecr.aws/nginx/nginx:1.29" or leave it out for the service\'s own repository',
);

/** Where an image of ECR lies, or undefined for one of another registry. */
export function ecrRepository(image: string): { readonly arn: string; readonly region: string } | undefined {
  const [, accountId, region, repository] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([a-z0-9/._-]+)(?:[:@].+)?$/.exec(image) ?? [];
  if (accountId === undefined || region === undefined || repository === undefined) return undefined;
  const partition = region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${repository}`, region };
}

/** The images beside a service's own in its task, and where the service's part of the stage file names them. */
export function sidecarImages(service: {
  readonly sidecars: Readonly<Record<string, { readonly image: string }>>;
  readonly logs: Logs;
  readonly telemetry?: { readonly image: string } | undefined;
}): { readonly field: readonly string[]; readonly image: string }[] {
  const { sidecars, logs, telemetry } = service;
  return [
    ...Object.entries(sidecars).map(([name, { image }]) => ({ field: ["sidecars", name, "image"], image })),
    ...(logs.driver === "firelens" ? [{ field: ["logs", "image"], image: logs.image }] : []),
    ...(telemetry === undefined ? [] : [{ field: ["telemetry", "image"], image: telemetry.image }]),
  ];
}
