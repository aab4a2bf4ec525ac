import type { ArnScope } from "../../arn";

/** The IAM actions that Terraform calls for one type of resource or data source. */
export interface TypeActions {
  /** Also called by `terraform plan`. */
  readonly read: readonly string[];
  readonly create?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** ARNs of the resources, as narrow as their names allow. */
  readonly on: (scope: ArnScope) => readonly string[];
  /** ARNs for `read`. @default - the same as `on` */
  readonly readOn?: (scope: ArnScope) => readonly string[];
  /** Actions that the service allows for all resources ("*") or not at all when they concern the type. @default [] */
  readonly onAll?: readonly string[];
  /** Services to which a resource of the type passes a role. @default [] */
  readonly passesRolesTo?: readonly string[];
  /** Service for which AWS creates a service-linked role with the first resource of the type. @default - none */
  readonly serviceLinkedRole?: string;
}

/** By Terraform type; the types of data sources are prefixed with `data.`. */
export type ActionTable = Readonly<Record<string, TypeActions>>;
