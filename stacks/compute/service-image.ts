import { Fn, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig } from "../../schema";
import { ecrRepository } from "../../schema/services/image";
import { imageVariable, terraformName } from "../naming";
import { addOutput } from "../readable-stack";
import type { Repository } from "./repository";

export interface ServiceImageProps {
  readonly name: string;
  readonly service: ServiceConfig;
  readonly repository: Repository;
}

/** What a service runs: the pipeline's choice, else the stage file's, else what was pushed last. */
export class ServiceImage extends Construct {
  /** Registry, name and tag; known when Terraform applies. */
  public readonly uri: string;
  /** Repositories of ECR that it may come from. */
  public readonly repositoryArns: readonly string[];

  constructor(scope: Construct, id: string, props: ServiceImageProps) {
    super(scope, id);
    const { name, service, repository } = props;
    const variable = new TerraformVariable(this, "variable", {
      type: "string",
      default: "",
      description: `Image of service ${name}; empty for the one of the stage file, or ${name}'s repository with :latest`,
    });
    variable.overrideLogicalId(imageVariable(name));
    // The first deployment needs no image yet.
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
