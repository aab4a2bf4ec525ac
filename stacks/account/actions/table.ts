import type { ArnScope } from "../../arn";

/** What Terraform calls for one type of resource or data source. */
export interface TypeActions {
  /** What a plan calls too. */
  readonly read: readonly string[];
  readonly create?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** What the actions may touch, as narrowly as the names allow. */
  readonly on: (scope: ArnScope) => readonly string[];
  /** What reading touches. @default - the same as `on` */
  readonly readOn?: (scope: ArnScope) => readonly string[];
  /** Services to which a resource of the type hands a role. @default [] */
  readonly passesRolesTo?: readonly string[];
  /** Service for which AWS makes a role of its own with the first resource of the type. @default - none */
  readonly serviceLinkedRole?: string;
}

/** By type, as Terraform writes it; `data.` stands before a data source. */
export type ActionTable = Readonly<Record<string, TypeActions>>;
