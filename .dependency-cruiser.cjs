/** The import rule of docs/architecture.md: who may import whom. */
const LIBRARY = "^(core|hal|targets|compiler)/";

/** Forbids files of `from` to import anything but `allowed`; node's own modules and packages count too. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: allowed },
});

/** Forbids files of `from` to import `forbidden`. */
const never = (name, from, forbidden, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: forbidden },
});

module.exports = {
  forbidden: [
    only("core-imports-nothing", "^core/", "^core/", "core runs on every engine"),
    only("hal-imports-core", "^hal/", "^(hal|core)/", "contracts and portable drivers rest on core alone"),
    only(
      "target-imports-core-and-hal",
      "^targets/(?!node/|moddable/)([^/]+)/",
      "^(targets/$1|core|hal)/",
      "a target stands alone: never another target, never a package",
    ),
    only(
      "moddable-imports-its-engine",
      "^targets/moddable/",
      "^(targets/moddable|core|hal)/|^(timer|time|embedded:io/(digital|analog))$",
      "a target stands alone; these modules are built into Moddable",
    ),
    never("node-imports-no-target", "^targets/node/", "^targets/(?!node/)", "a target stands alone"),
    never(
      "library-imports-no-compiler",
      "^(core|hal|targets)/",
      "^compiler/",
      "the compiler is build time only",
    ),
    never(
      "compiler-imports-abi",
      "^compiler/",
      "^(core/(?!abi\\.ts$)|hal/|targets/)",
      "compiler and runtime share the numbers in core/abi.ts, nothing else",
    ),
    only(
      "example-imports-public-names",
      "^examples/([^/]+)/",
      "^(examples/$1/|(core|hal|targets/[^/]+)/index\\.ts$)",
      "an example may use only what a user may",
    ),
    never("library-imports-no-tool", LIBRARY, "^(cli|tests|bench|scripts|examples)/", "tools sit on top"),
    never("nothing-imports-tests", "^(cli|bench|examples)/", "^(tests|scripts)/", "tests sit on top"),
    never("nothing-imports-bench", "^(cli|examples)/", "^bench/", "benches sit on top"),
    never("nothing-imports-cli", "^examples/", "^cli/", "the command line sits on top"),
    {
      name: "no-cycle",
      comment: "two files that need each other at run time are one file, or three",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-unresolved",
      comment: "a path that leads nowhere; moddable-imports-its-engine knows all that are right there",
      severity: "error",
      from: { pathNot: "^(targets/moddable|bench/(threads/)?peers)/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(tests/ui|tests/conformance/packages|\\.build|dist)/" },
    tsConfig: { fileName: "tsconfig.base.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
