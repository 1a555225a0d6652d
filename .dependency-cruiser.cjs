// The import rules of the house. A folder of src is a room; its port is the file that bears the folder's name.
// Tests are free: they may set up a room through its insides.
const tests = "[.]test[.]ts$";
const ports = [
  // src/vault/vault.ts, src/channels/channel.ts. The list is joined into one expression: this must be its only group.
  "^src/([a-z-]+?)s?/\\1[.]ts$",
  "^src/catalogue/search/search[.]ts$",
  "^src/channels/web/web[.]ts$",
  "^src/channels/email/email[.]ts$",
  "^src/evals/(?:scenario|expectation)[.]ts$",
  "^src/personal-data/detector[.]ts$",
  "^src/pages/(?:charts|page-style|page-script)[.]ts$",
  "^src/store/(?:schema|prepared-query|slices)[.]ts$",
  "^src/runtime/lock-file[.]ts$",
];
const composition = "^src/(compose|server|cli)[.]ts$|^src/(compose|cli|evals)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other are one concept, or a third is missing.",
      from: {},
      to: { circular: true },
    },
    {
      name: "domain-is-pure",
      severity: "error",
      comment: "The domain imports nothing of ours, so that everything may import it.",
      from: { path: "^src/domain/", pathNot: tests },
      to: { path: "^(src|test|tools|bench|evals)/", pathNot: "^src/domain/" },
    },
    {
      name: "ports-name-no-insides",
      severity: "error",
      comment: "A port is types over the domain and other ports; what implements it stays behind it.",
      from: { path: ports, pathNot: "^src/(graph|domain|personal-data)/" },
      to: { path: "^src/", pathNot: ["^src/domain/", ...ports] },
    },
    {
      name: "ports-only",
      severity: "error",
      comment: "A room imports another room's port, never its insides; only compose.ts names what implements it.",
      from: { path: "^src/([^/]+)/", pathNot: [tests, "^src/(domain|compose)/"] },
      to: { path: "^src/[^/]+/", pathNot: ["^src/$1/", "^src/(?:domain|compose)/", ...ports] },
    },
    {
      name: "nobody-below-imports-the-graph",
      severity: "error",
      comment: "domain ← ports ← tools, guardrails, planners ← graph ← intake, http ← compose.",
      from: { path: "^src/", pathNot: [tests, "^src/(graph|intake|http)/", composition] },
      to: { path: "^src/graph/" },
    },
    {
      name: "nobody-below-imports-http",
      severity: "error",
      comment: "The HTTP routes are a way in: only the composition names them.",
      from: { path: "^src/", pathNot: [tests, "^src/http/", composition] },
      to: { path: "^src/http/" },
    },
    {
      name: "nobody-below-imports-the-composition",
      severity: "error",
      comment: "compose.ts is called by server, cli, tests, bench and evals; settings reach the rooms as plain values.",
      from: { path: "^src/", pathNot: [tests, composition] },
      to: { path: ["^src/[^/]+[.]ts$", "^src/(compose|cli)/"], pathNot: "^src/config[.]ts$" },
    },
    {
      name: "settings-are-handed-in",
      severity: "error",
      comment: "Only the composition reads the settings; a room is given what it needs.",
      from: { path: "^src/", pathNot: [tests, composition] },
      to: { path: "^src/config[.]ts$" },
    },
    {
      name: "the-product-needs-no-tests",
      severity: "error",
      from: { path: "^src/", pathNot: tests },
      to: { path: ["^(test|tools|bench|evals)/", tests] },
    },
    {
      name: "declared-dependencies-only",
      severity: "error",
      comment: "What the product imports is in package.json's dependencies.",
      from: { path: "^src/", pathNot: tests },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|var|coverage)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
