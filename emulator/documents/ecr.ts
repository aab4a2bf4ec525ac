import { list, object, objects, text, type JsonObject } from "../wire/json";
import { firstDuplicate, type DocumentCheck, type Refusal } from "./document";
import { numberOf, valueOf } from "./values";

/** The order of the rules of a lifecycle policy, and the images that they select. */
export const lifecyclePolicies: DocumentCheck = {
  service: "ecr",
  operations: ["PutLifecyclePolicy"],
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html",
  check: ({ lifecyclePolicyText }) => {
    const rules = objects(object(valueOf(text(lifecyclePolicyText))).rules);
    const problem =
      orderProblem(rules) ??
      rules.map(({ selection }) => selectionProblem(object(selection))).find((each) => each !== undefined);
    return problem === undefined ? undefined : invalid(problem);
  },
};

function orderProblem(rules: readonly JsonObject[]): string | undefined {
  const priorities = rules.map(({ rulePriority }) => numberOf(rulePriority)).filter((each) => each !== undefined);
  if (firstDuplicate(priorities) !== undefined) return "Rule priorities must be unique";
  const any = rules.find(({ selection }) => isPlainAny(object(selection)));
  return any && priorities.some((priority) => priority > (numberOf(any.rulePriority) ?? Infinity))
    ? "tagStatus any must have the highest rulePriority, so that it is evaluated last"
    : undefined;
}

/** Rules of other storage classes have an order of their own. */
function isPlainAny({ tagStatus, storageClass }: JsonObject): boolean {
  return tagStatus === "any" && storageClass === undefined;
}

function selectionProblem(selection: JsonObject): string | undefined {
  const { tagStatus, tagPrefixList, tagPatternList, countType, countUnit } = selection;
  if (tagStatus === "tagged" && list(tagPrefixList).length === 0 && list(tagPatternList).length === 0) {
    return "tagPrefixList or tagPatternList is required for the tagStatus tagged";
  }
  return countType === "sinceImagePushed" && text(countUnit) === ""
    ? "instance failed to match exactly one schema (matched 0 out of 2)"
    : undefined;
}

function invalid(problem: string): Refusal {
  return {
    code: "InvalidParameterException",
    message: `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${problem}'`,
  };
}
