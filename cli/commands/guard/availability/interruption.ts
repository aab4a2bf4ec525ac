import type { Plan, ResourceChange } from "../plan";

/** What is not available while a resource of a type does not exist. */
export interface Interruption {
  /** What the resource is called, such as `listener`. */
  readonly thing: string;
  /** What is not available. */
  readonly what: (resource: ResourceChange, plan: Pick<Plan, "resource_changes">) => string;
  /** When it is available again after a replacement. */
  readonly until: string;
  /** About how long a replacement takes that deletes first. @default - it depends on the clients */
  readonly minutes?: number;
  /** The outage of a replacement that creates first. @default - there is none */
  readonly createFirst?: { readonly from: string; readonly until: string; readonly minutes?: number };
  /** Whether a deletion without replacement is reported; others are part of what used the resource. @default true */
  readonly whenDeleted?: boolean;
  /** The resources whose removal includes this one, by the fields that name them. */
  readonly partOf?: readonly PartOf[];
}

/** A resource that another one is part of. */
export interface PartOf {
  readonly type: string;
  /** Field of the part that names the whole, and the field of the whole with the same value. */
  readonly by: string;
  readonly key: string;
}
