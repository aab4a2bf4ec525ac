import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import { managesProvider, type AccountConfig, type Refs } from "../../schema";
import { partitionOf } from "../../schema/regions";
import { iamArn } from "../arn";

/** GitLab as an OpenID Connect identity provider, and the trust policies for its jobs. */
export class Gitlab extends Construct {
  private readonly providerArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly account: AccountConfig,
  ) {
    super(scope, id);
    const { gitlab, region, accountId } = account;
    const arnScope = { partition: partitionOf(region), accountId };
    this.providerArn = managesProvider(account)
      ? new IamOpenidConnectProvider(this, "issuer", { url: gitlab.url, clientIdList: [this.audience] }).arn
      : iamArn(arnScope, `oidc-provider/${this.issuer}`);
  }

  /** Trusts jobs on the refs. A job of a merge request counts as one on its source branch. */
  public trustIn({ branches, tags }: Refs): DataAwsIamPolicyDocumentStatement {
    const { project } = this.account.gitlab;
    const subjects = [
      ...branches.map((branch) => `ref_type:branch:ref:${branch}`),
      ...tags.map((tag) => `ref_type:tag:ref:${tag}`),
    ].map((ref) => `project_path:${project}:${ref}`);
    return {
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [{ type: "Federated", identifiers: [this.providerArn] }],
      condition: [
        { test: "StringEquals", variable: `${this.issuer}:aud`, values: [this.audience] },
        // https://docs.gitlab.com/ci/cloud_services/aws/: IAM evaluates only the claims aud and sub.
        { test: "StringLike", variable: `${this.issuer}:sub`, values: subjects },
      ],
    };
  }

  private get issuer(): string {
    return this.account.gitlab.url.replace("https://", "");
  }

  private get audience(): string {
    const { audience, url } = this.account.gitlab;
    return audience ?? url;
  }
}
