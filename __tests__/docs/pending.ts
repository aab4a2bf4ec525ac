/** What pages name already, and the next changes add. */
export const pending: Readonly<Record<"scripts", readonly string[]>> = {
  scripts: ["test:exhaustive"],
};
