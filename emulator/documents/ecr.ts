import { list, object, objects, text } from "../wire/json";
import type { DocumentCheck } from "./document";
import { valueOf } from "./values";

/** The images that the rules of a lifecycle policy select. */
export const lifecyclePolicies: DocumentCheck = {
  service: "ecr",
  operations: ["PutLifecyclePolicy"],
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html",
  check: ({ lifecyclePolicyText }) => {
    const { rules } = object(valueOf(text(lifecyclePolicyText)));
    const isUnnamed = objects(rules)
      .map(({ selection }) => object(selection))
      .some(
        ({ tagStatus, tagPrefixList, tagPatternList }) =>
          tagStatus === "tagged" && list(tagPrefixList).length === 0 && list(tagPatternList).length === 0,
      );
    return isUnnamed
      ? {
          code: "InvalidParameterException",
          message:
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: tagPrefixList or tagPatternList is required for the tagStatus tagged'",
        }
      : undefined;
  },
};
