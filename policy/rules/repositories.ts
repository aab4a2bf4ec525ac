import { each, type Rules } from "../rule";

/** ECR repositories. */
export const repositoryRules = {
  "repository-tags": {
    severity: "medium",
    why: "A tag that can move runs another image than the one that was tested.",
    source: "CKV_AWS_51, ECR.2",
    mend: 'set image_tag_mutability to "IMMUTABLE"',
    check: each(
      "aws_ecr_repository",
      (repository) => repository.get("image_tag_mutability") !== "IMMUTABLE" && "lets its tags move",
    ),
  },
  "repository-scan": {
    severity: "medium",
    why: "A known hole in an image is found when it is pushed, or when it is used.",
    source: "CKV_AWS_163, ECR.1",
    mend: "set image_scanning_configuration.scan_on_push to true",
    check: each(
      "aws_ecr_repository",
      (repository) =>
        repository.get("image_scanning_configuration.scan_on_push") !== true && "does not look into what is pushed",
    ),
  },
  "repository-lifecycle": {
    severity: "low",
    why: "Every image is stored, and paid for, until somebody removes it.",
    source: "ECR.3",
    mend: "add an aws_ecr_lifecycle_policy",
    check: each(
      "aws_ecr_repository",
      (repository, stack) =>
        stack.usersOf(repository, "aws_ecr_lifecycle_policy").length === 0 && "keeps every image for ever",
    ),
  },
} satisfies Rules;
