import { TerraformDataSource, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { StageConfig } from "../../schema";

/** A stage and the types of its resources and data sources. */
export interface TypedStage {
  readonly stage: StageConfig;
  readonly types: readonly string[];
}

/** The types of resources and data sources below `scope`, as `actionTable` names them. */
export function typesOf(scope: IConstruct): string[] {
  const types = scope.node.findAll().flatMap((construct) => {
    if (TerraformResource.isTerraformResource(construct)) return [construct.terraformResourceType];
    return construct instanceof TerraformDataSource ? [`data.${construct.terraformResourceType}`] : [];
  });
  // What belongs to Terraform itself, such as terraform_data, calls no AWS API.
  return [...new Set(types)].filter((type) => /^(data\.)?aws_/.test(type)).sort();
}
