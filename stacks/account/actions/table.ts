import type { Place } from "../../arn";

/** What Terraform calls for one type of resource or data source. */
export interface TypeActions {
  /** What a plan calls too. */
  readonly read: readonly string[];
  readonly create?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** What the actions may touch, as narrowly as the names allow. */
  readonly on: (place: Place) => readonly string[];
  /** What reading touches. @default - the same as `on` */
  readonly readOn?: (place: Place) => readonly string[];
  /** Services to which a resource of the type hands a role. @default [] */
  readonly handsRolesTo?: readonly string[];
  /** Service for which AWS makes a role of its own with the first resource of the type. @default - none */
  readonly linkedRole?: string;
}

/** By type, as Terraform writes it; `data.` stands before a data source. */
export type ActionTable = Readonly<Record<string, TypeActions>>;
