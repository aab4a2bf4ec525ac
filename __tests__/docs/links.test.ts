import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { projectFolder } from "../../cli/lib/project";
import { codeSpans, guide, pageOf, pages } from "./pages";

/** Path and anchor of a relative link. */
function resolve(from: string, link: string): { path: string; anchor: string } {
  const [path = "", anchor = ""] = link.split("#");
  return { path: path === "" ? from : normalize(join(dirname(from), path)), anchor };
}

const links = pages.flatMap(({ path: from, links: targets }) =>
  targets.filter((link) => !/^[a-z]+:/.test(link)).map((link) => ({ from, link, ...resolve(from, link) })),
);

/** Anchors of headings as GitHub makes them: punctuation goes, spaces become dashes, repeated anchors are numbered. */
function githubAnchors(headings: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return headings.map((heading) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** Anchors of headings as GitLab makes them: in addition, several dashes become one. */
function gitlabAnchors(headings: readonly string[]): string[] {
  return githubAnchors(headings).map((anchor) => anchor.replaceAll(/-{2,}/g, "-"));
}

/** Pages that a reader reaches by following links from the README; a link to a folder reaches every page in it. */
function reachablePages(): string[] {
  const reached = new Set<string>();
  const waiting = ["README.md"];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const link of links.filter(({ from }) => from === path)) {
      waiting.push(
        ...pages.map((page) => page.path).filter((page) => page === link.path || page.startsWith(link.path + "/")),
        ...pages.map((page) => page.path).filter((page) => link.path.endsWith("/") && page.startsWith(link.path)),
      );
    }
  }
  return [...reached];
}

describe("the documentation", () => {
  it("has links on every page of the guide but small ones", () => {
    expect(links.length).toBeGreaterThan(100);
  });

  it("links to files that exist", () => {
    expect(links.filter(({ path }) => !existsSync(join(projectFolder, path)))).toEqual([]);
  });

  it("links to headings that exist, by anchors that GitHub and GitLab both make", () => {
    const broken = links.filter(({ path, anchor }) => {
      if (anchor === "" || !existsSync(join(projectFolder, path))) return false;
      const { headings } = pageOf(path);
      return !githubAnchors(headings).includes(anchor) || !gitlabAnchors(headings).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("links to other sites by HTTPS", () => {
    const others = pages.flatMap((page) => page.links.filter((link) => /^[a-z]+:/.test(link)));
    expect(others.filter((link) => !link.startsWith("https://"))).toEqual([]);
  });

  it("has no page that the README does not lead to", () => {
    expect(pages.map(({ path }) => path).filter((path) => !reachablePages().includes(path))).toEqual([]);
  });

  it("has every page of the guide in the README's table of contents", () => {
    const [, contents = ""] = pageOf("README.md").text.split("\n## Documentation\n");
    const [table = ""] = contents.split("\n## ");
    const listed = [...table.matchAll(/^\| \[[^\]]+\]\(([^)]+)\)/gm)].map(([, path]) => path);
    expect(listed.filter((path) => path !== "docs/decisions/").sort()).toEqual(
      guide
        .map(({ path }) => path)
        .filter((path) => path !== "README.md")
        .sort(),
    );
  });

  it("has a README of at most 200 lines", () => {
    expect(readFileSync(join(projectFolder, "README.md"), "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(
      200,
    );
  });

  it("names files and folders of the project that exist", () => {
    const named = guide.flatMap(({ path, text }) =>
      codeSpans(text)
        .filter((span) =>
          /^(schema|stacks|policy|network-paths|cli|ci|emulator|app|docs|__tests__)\/[\w./-]*$/.test(span),
        )
        .map((span) => ({ path, span })),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ span }) => !existsSync(join(projectFolder, span)))).toEqual([]);
  });

  it("begins each page with the question that it answers", () => {
    const exempt = ["README.md"];
    const first = guide
      .filter(({ path }) => !exempt.includes(path))
      .map(({ path, text }) => [path, text.split("\n")[0]]);
    expect(first.filter(([, heading = ""]) => !/^# .+\?$/.test(heading))).toEqual([]);
  });
});
