import { each, type Rules } from "../rule";
import { isPartOf } from "../stage-fields";

/** ECR repositories. */
export const repositoryRules = {
  "repository-tags": {
    severity: "medium",
    rationale: "A mutable tag can refer to another image than the one that was tested.",
    source: "CKV_AWS_51, ECR.2",
    remediation: 'set images.tags: "immutable" (image_tag_mutability)',
    acceptedBy: ({ images }, { resource }, stack) =>
      images.tags === "mutable" && isPartOf("services", stack.at(resource)) ? "images.tags" : undefined,
    check: each(
      "aws_ecr_repository",
      (repository) => repository.get("image_tag_mutability") !== "IMMUTABLE" && "has mutable tags",
    ),
  },
  "repository-scan": {
    severity: "medium",
    rationale: "Known vulnerabilities of an image are reported before it runs only when it is scanned on push.",
    source: "CKV_AWS_163, ECR.1",
    remediation: "set image_scanning_configuration.scan_on_push to true",
    check: each(
      "aws_ecr_repository",
      (repository) =>
        repository.get("image_scanning_configuration.scan_on_push") !== true && "does not scan images on push",
    ),
  },
  "repository-lifecycle": {
    severity: "low",
    rationale: "Images without a lifecycle policy are stored and billed indefinitely.",
    source: "ECR.3",
    remediation: "set images.maxImageCount, or add an aws_ecr_lifecycle_policy to the repository",
    check: each(
      "aws_ecr_repository",
      (repository, stack) =>
        stack.usersOf(repository, "aws_ecr_lifecycle_policy").length === 0 && "has no lifecycle policy",
    ),
  },
} satisfies Rules;
