// Completes package-lock.json with the platform packages that the registry in use could not offer.
// npm leaves an optional dependency out of the lock when its registry answers 404 for it, and later installs on the
// platform that needs it would miss it. Entries written here carry version, os and cpu only: npm skips them elsewhere
// without asking the registry, and resolves them by version on the platform they are for.
// Run after each change of a dependency: node tools/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const OS = ["darwin", "linux", "win32"];
const CPU = { x64: "x64", amd64: "x64", arm64: "arm64" };
const LIBC = { gnu: "glibc", musl: "musl" };

function platformEntry(name, version) {
  const words = name.slice(name.lastIndexOf("/") + 1).split("-");
  const os = words.find((word) => OS.includes(word));
  const cpu = words.map((word) => CPU[word]).find((word) => word !== undefined);
  const libc = words.map((word) => LIBC[word]).find((word) => word !== undefined);
  if (os === undefined || cpu === undefined) {
    throw new Error(`${name}: neither os nor cpu in its name; add the entry to package-lock.json by hand`);
  }
  const cLibrary = libc === undefined ? {} : { libc: [libc] };
  return { version, cpu: [cpu], dev: true, ...cLibrary, license: "MIT", optional: true, os: [os] };
}

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const added = [];
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] === undefined) {
      lock.packages[path] = platformEntry(name, version);
      added.push(path);
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
process.stdout.write(added.length === 0 ? "package-lock.json was complete\n" : `added ${added.join(", ")}\n`);
