import { defineAccount } from "#schema";
import { defaults } from "../../prod/defaults";

export default defineAccount({
  app: defaults.app,
  alias: "appname-prod",
  region: "us-east-1",
  accountId: defaults.accountId,
  owner: defaults.owner,
  stateBucket: defaults.state.bucket,
  regions: ["us-east-1", "eu-west-1"],
  gitlab: { project: "platform/appname" },
  // A release is a tag; GitLab protects v*.
  deploysFrom: { prod: { tags: ["v*"] } },
});
