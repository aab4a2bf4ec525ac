import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Fn, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../schema";
import { ecrRepository } from "../../schema/services/image";
import { encodedJson } from "../json";
import { imageVariable, repositoryName, terraformName } from "../naming";
import { addOutput, setName } from "../readable-stack";

export interface ServiceImageProps {
  readonly name: string;
  readonly service: ServiceConfig;
  readonly repository: Repository;
}

/** The image of a service: from the Terraform variable, else from the stage file, else `latest` of its repository. */
export class ServiceImage extends Construct {
  /** Registry, name and tag, as an expression that Terraform resolves. */
  public readonly uri: string;
  /** ECR repositories that the image may come from. */
  public readonly repositoryArns: readonly string[];

  constructor(scope: Construct, id: string, props: ServiceImageProps) {
    super(scope, id);
    const { name, service, repository } = props;
    const variable = new TerraformVariable(this, "variable", {
      type: "string",
      default: "",
      description: `Image of service ${name}; empty for the one of the stage file, or ${name}'s repository with :latest`,
    });
    setName(variable, imageVariable(name));
    // The tag need not exist when the stage is first deployed.
    const written = service.image ?? Fn.join(":", [repository.url, "latest"]);
    this.uri = Token.asString(Fn.coalesce([variable.stringValue, written]));
    const elsewhere = service.image === undefined ? undefined : ecrRepository(service.image);
    this.repositoryArns = [repository.arn, ...(elsewhere === undefined ? [] : [elsewhere.arn])];
    addOutput(this, terraformName(name, "repository_url"), {
      value: repository.url,
      description: `ECR repository of service ${name}`,
    });
  }
}

export interface RepositoryProps {
  readonly stage: StageConfig;
  readonly service: string;
}

/** The ECR repository of one service, with scanning on push and a lifecycle policy. */
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
