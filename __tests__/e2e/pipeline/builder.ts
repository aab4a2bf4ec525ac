import { join } from "node:path";
import { projectFolder } from "../../../cli/lib/project";

/**
 * Replaces docker: records its arguments, never its input, and puts the images that it was to push into ECR.
 *
 * @param record file that gets a line for each call
 */
export function recordingBuilder(record: string): string {
  const sdk = JSON.stringify(join(projectFolder, "node_modules/@aws-sdk/client-ecr"));
  return `#!${process.execPath}
const { appendFileSync } = require("node:fs");
const { ECRClient, PutImageCommand } = require(${sdk});
const [command, image = ""] = process.argv.slice(2);
appendFileSync(${JSON.stringify(record)}, process.argv.slice(2).join(" ") + "\\n");
if (command === "push") {
  const [, repositoryName, imageTag] = /^[^/]+\\/(.+):([^:]+)$/.exec(image);
  const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
  const config = { digest: "sha256:" + imageTag.padEnd(64, "0") };
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config });
  new ECRClient({}).send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
}
`;
}
