/** The manifest that Moddable's `mcconfig` takes, for the module of `buildModdable` beside it. */
export function moddableManifest(): string {
  const manifest = {
    include: ["$(MODDABLE)/examples/manifest_base.json", "$(MODDABLE)/modules/io/manifest.json"],
    modules: { "*": ["./main"] },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
