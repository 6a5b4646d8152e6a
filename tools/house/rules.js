/**
 * The arrows of house.json as rules of dependency-cruiser, which sees resolved paths, imports of types and `import()`.
 */
"use strict";

/** A path as a regular expression that matches it and nothing else. */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
/** Paths below any of these folders of the project. */
const below = (names) => `^(${names.map(literal).join("|")})/`;

const readMore = "docs/architecture.md tells which way the arrows point.";

/**
 * Folders import what house.json lists for them, and nothing else of the project; package.json is anybody's to read.
 */
function folderRules({ folders }) {
  return folders.map(({ name, imports }) => ({
    name: `${name}-imports`,
    comment: `${name}/ may import ${imports.length === 0 ? "no other folder" : imports.join(", ")}. ${readMore}`,
    severity: "error",
    from: { path: below([name]) },
    to: {
      dependencyTypesNot: ["core", "unknown"],
      pathNot: [below([name, ...imports]), "^package\\.json$", "node_modules/"],
    },
  }));
}

/** Packages that house.json keeps to some folders; `node` stands for what Node brings along. */
function packageRules({ folders, packages }) {
  return packages.map(({ packages: names, folders: allowed, why }) => {
    const isNode = names.includes("node");
    const others = folders.map(({ name }) => name).filter((name) => !allowed.includes(name));
    return {
      name: `${names[0].replace(/\W+/g, "-").replace(/^-/, "")}-is-kept`,
      comment: `Only ${allowed.join(", ")} may import ${names.join(", ")}. ${why} ${readMore}`,
      severity: "error",
      from: { path: below(others) },
      to: isNode ? { dependencyTypes: ["core"] } : { path: `node_modules/(${names.map(literal).join("|")})/` },
    };
  });
}

/**
 * What an installation without development packages would not find; the writers of docs and schemas run in a checkout.
 */
function shippedRule({ folders }) {
  const shipped = folders.map(({ name }) => name).filter((name) => name !== "examples");
  return {
    name: "shipped-packages",
    comment: "What is shipped may not import a development package: a pipeline installs without them.",
    severity: "error",
    from: { path: below(shipped), pathNot: ["/write(Docs|Schema)\\.ts$", "^simulator/schema/generate\\.ts$"] },
    to: { dependencyTypes: ["npm-dev"] },
  };
}

const circleRule = {
  name: "no-circles",
  comment:
    "A circle has no order in which it can be read, tested or replaced. Move what both need to a file of its own.",
  severity: "error",
  from: {},
  to: { circular: true },
};

const missingRule = {
  name: "no-missing-file",
  comment: "This import leads nowhere.",
  severity: "error",
  from: {},
  to: { couldNotResolve: true },
};

/** Product code, tools and benchmarks stand without the tests. */
const testsRule = {
  name: "tests-are-not-imported",
  comment: "Only tests may import from tests/.",
  severity: "error",
  from: { pathNot: "^tests/" },
  to: { path: "^tests/" },
};

/** Every rule of the house, for `forbidden` in the settings of dependency-cruiser. */
function rulesOf(house) {
  return [circleRule, missingRule, testsRule, ...folderRules(house), ...packageRules(house), shippedRule(house)];
}

module.exports = { rulesOf };
