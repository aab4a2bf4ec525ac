import { text } from "../../wire/json";
import type { DocumentCheck } from "../document";

/** Name of a launch template. */
export const launchTemplates: DocumentCheck = {
  service: "ec2",
  operations: ["CreateLaunchTemplate"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
  check: ({ LaunchTemplateName }) =>
    /^[\w().\-/]{3,128}$/.test(text(LaunchTemplateName))
      ? undefined
      : {
          code: "InvalidLaunchTemplateName.MalformedException",
          message:
            "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.",
        },
};
