import type { Answers } from "./answers";

/** What was answered or taken by default, as aligned lines. */
export function summaryOf(answers: Answers): readonly string[] {
  const { regions, environments, ingress, state, gitlabProject, owner, email } = answers;
  const shared: readonly (readonly [string, string])[] = [
    ["regions", regions.join(", ")],
    ["ingress", ingress],
    ["state", state.backend === "s3" ? "s3" : `gitlab, project ${state.projectId}`],
    ["GitLab project", gitlabProject],
    ["owner", owner],
    ["alarms to", email ?? "no recipient"],
  ];
  const each = environments.map(({ name, stage, accountId, production, postgres, domain, bucket }) => {
    const parts = [
      `stage ${stage}`,
      `account ${accountId}`,
      production ? "production" : "not production",
      postgres ? "Postgres" : "no database",
      domain === undefined ? "no domain" : `${domain.name} in the hosted zone ${domain.hostedZone}`,
      `bucket ${bucket}`,
    ];
    return [name, parts.join(", ")] as const;
  });
  const rows = [...each, ...shared];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `${label.padEnd(width)}  ${text}`);
}
