import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { encodedJson } from "../json";
import { repositoryName } from "../naming";

export interface RepositoryProps {
  readonly stage: StageConfig;
  readonly service: string;
}

/** The ECR repository of one service: scanned on push, and swept of old images. */
export class Repository extends Construct {
  public readonly arn: string;
  public readonly url: string;

  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const { stage, service } = props;
    const { tags, maxImageCount, forceDelete } = stage.images;
    const repository = new EcrRepository(this, "repository", {
      name: repositoryName(stage, service),
      imageTagMutability: tags.toUpperCase(),
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "AES256" }],
      forceDelete: forceDelete,
    });
    new EcrLifecyclePolicy(this, "lifecycle", {
      repository: repository.name,
      policy: encodedJson({
        rules: [
          expire(1, "Untagged images go after a day", {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 1,
          }),
          expire(2, `The newest ${maxImageCount} images stay`, {
            tagStatus: "any",
            countType: "imageCountMoreThan",
            countNumber: maxImageCount,
          }),
        ],
      }),
    });
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
  }
}

function expire(rulePriority: number, description: string, selection: Readonly<Record<string, string | number>>) {
  return { rulePriority, description, selection, action: { type: "expire" } };
}
