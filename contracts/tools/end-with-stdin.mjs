// Loaded before Hardhat's own code when a program starts the local chain: the chain must not outlive that program.
// The program holds the other end of standard input; when it is gone, however it went, the input ends.
if (process.env.QUOIN_END_WITH_STDIN === "true") {
  process.stdin.on("end", () => process.exit(0));
  process.stdin.on("error", () => process.exit(0));
  process.stdin.resume();
  // Waiting for it must not keep a chain alive that failed to start.
  process.stdin.unref();
}
