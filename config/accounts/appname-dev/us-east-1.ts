import { defineAccount } from "#schema";
import { defaults } from "../../dev/defaults";

export default defineAccount({
  app: defaults.app,
  alias: "appname-dev",
  region: "us-east-1",
  accountId: defaults.accountId,
  owner: defaults.owner,
  stateBucket: defaults.state.bucket,
  // The pipelines of this project may assume the roles of the account.
  gitlab: { project: "platform/appname" },
});
