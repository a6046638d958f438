// Style and suspicious code of the Solidity: solhint with .solhintrc.yaml, forge lint with foundry.toml. Both are quick
// and run in every build; a warning fails it.
import { join, relative } from "node:path";

const SOLHINT = ["solhint", "solhint.js"];
// solhint looks for no configuration in YAML by itself, and without one it has no rules.
const SOLHINT_OPTIONS = ["--disc", "--noPoster", "--max-warnings", "0", "-c", ".solhintrc.yaml"];
const FORGE = ["@foundry-rs", "forge", "bin.mjs"];

/** Throws unless both are content with every file. `files`: absolute paths. */
export async function lint({ home, node, files, run, Failure }) {
  const names = files.map((file) => relative(home, file));
  const script = (parts) => join(home, "node_modules", ...parts);
  const checked = await run(node, [script(SOLHINT), ...SOLHINT_OPTIONS, ...names], { folder: home, node, quiet: true });
  if (checked.status !== 0) {
    process.stderr.write(checked.output);
    throw new Failure("solhint has something to say (see above)");
  }
  // What forge compiles on the way goes where its cache is.
  const env = { FOUNDRY_OUT: join("cache", "forge-out") };
  const found = await run(node, [script(FORGE), "lint", "contracts"], { folder: home, node, quiet: true, env });
  // forge says the compiler's warnings of libraries too, and its status heeds neither those nor its own.
  const notes = found.output.split(/\n(?=\w+\[)/).filter((part) => /^(warning|note|error)\[/.test(part));
  if (found.status !== 0 || notes.length > 0) {
    process.stderr.write(notes.length > 0 ? notes.join("\n") : found.output);
    throw new Failure("forge lint has something to say (see above)");
  }
  return names.length;
}
