const { basename } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** End-to-end tests that wait longest, the longest first: begun last, they would wait alone. */
const longest = [
  "two-regions",
  "pipeline",
  "ways-in",
  "operations",
  "switch",
  "services",
  "pipeline-commands",
  "deploy",
];

/** Runs the longest end-to-end tests first, also where no earlier run told how long each takes. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = longest.indexOf(basename(path, ".test.ts"));
      return index === -1 ? longest.length : index;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
