import { accountSchema } from "../../../schema/account";
import { state as stateSchema } from "../../../schema/state";
import type { Answers } from "./answers";
import { problemBy, type Choice, type Interview } from "./interview";

export interface GitLabFlags {
  readonly state?: string;
  readonly gitlab?: string;
  readonly gitlabProjectId?: string;
}

const stateChoices: readonly Choice[] = [
  { value: "s3", hint: "an encrypted bucket in each account, which npm run bootstrap creates" },
  { value: "gitlab", hint: "Terraform state of a GitLab project" },
];

/** Asks for the GitLab project, and for the backend of the state. */
export async function askGitLab(
  flags: GitLabFlags,
  app: string,
  interview: Interview,
): Promise<Pick<Answers, "state" | "gitlabProject">> {
  const gitlabProject = await interview.text({
    option: "--gitlab group/project",
    message: "GitLab project whose pipelines deploy",
    given: flags.gitlab,
    fallback: `${app}/${app}`,
    problem: problemBy(accountSchema.shape.gitlab.shape.project),
  });
  const backend = await interview.choice({
    option: "--state",
    message: "Where is Terraform's state?",
    given: flags.state,
    choices: stateChoices,
    fallback: "s3",
  });
  if (backend !== "gitlab" && flags.gitlabProjectId !== undefined) {
    interview.refuse("--gitlab-project-id", `"${flags.gitlabProjectId}" needs --state gitlab; write both`);
  }
  if (backend !== "gitlab") return { gitlabProject, state: { backend: "s3" } };
  const projectId = await interview.text({
    option: "--gitlab-project-id 42",
    message: "ID of the GitLab project that holds the state, on its page",
    given: flags.gitlabProjectId,
    problem: (answer) => {
      const { error } = stateSchema.safeParse({ backend, projectId: /^\d+$/.test(answer) ? Number(answer) : answer });
      return error === undefined ? undefined : `"${answer}" ${error.issues[0]?.message ?? "is not valid"}`;
    },
  });
  return { gitlabProject, state: { backend, projectId: Number(projectId) } };
}
