import { defineAccount } from "#schema";
import { defaults } from "../../prod/defaults";

export default defineAccount({
  app: defaults.app,
  alias: "appname-prod",
  region: "us-east-1",
  accountId: defaults.accountId,
  owner: defaults.owner,
  stateBucket: defaults.state.bucket,
  // The pipelines of this project may assume the roles of the account.
  gitlab: { project: "platform/appname" },
  // A release is a tag, which GitLab protects as v*. Other environments deploy from the branch main.
  deploysFrom: { prod: { tags: ["v*"] } },
});
