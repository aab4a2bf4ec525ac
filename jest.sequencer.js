const { basename } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** The end-to-end tests that take longest, the longest first: started last, they would run alone at the end. */
const longest = [
  "prod",
  "data",
  "ingress-exchange",
  "pipeline",
  "ingress",
  "route-owners",
  "engines",
  "network-changes",
  "restored-databases",
  "small-stage",
  "pipeline-commands",
  "deploy",
];

/** Runs the longest end-to-end tests first, also without a record of earlier runs. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = longest.indexOf(basename(path, ".test.ts"));
      return index === -1 ? longest.length : index;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
