import { objects, text } from "../../wire/json";
import { firstDuplicate, type DocumentCheck } from "../document";

/** Tags of load balancers, target groups, listeners and rules. */
export const tags: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["AddTags", "CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html",
  check: ({ Tags }) => {
    const keys = objects(Tags).map(({ Key }) => text(Key));
    const twice = firstDuplicate(keys);
    if (twice !== undefined) return { code: "DuplicateTagKeys", message: `Tag key '${twice}' was specified twice` };
    return keys.length > 50 ? { code: "TooManyTags", message: "A resource can have at most 50 tags" } : undefined;
  },
};
