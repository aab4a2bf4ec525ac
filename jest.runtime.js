const { default: Runtime } = require("jest-runtime");

/** Packages that hold no state of a test, and are large: evaluating them anew for every file takes half of the time. */
const shared = /^(cdktf|constructs|@cdktf\/provider-aws|zod)(\/|$)/;

// cdktf records a stack trace for each of its tokens, which takes most of a synthesis.
require("cdktf/lib/tokens/private/stack-trace").captureStackTrace = () => [];

/** Loads the shared packages once per worker, by Node itself; everything else is loaded for each test file. */
module.exports = class SharedPackages extends Runtime {
  requireModuleOrMock(from, moduleName) {
    return shared.test(moduleName)
      ? require(require.resolve(moduleName, { paths: [from] }))
      : super.requireModuleOrMock(from, moduleName);
  }
};
