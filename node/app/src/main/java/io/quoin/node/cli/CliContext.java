package io.quoin.node.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * What every command is given.
 *
 * @param home the folder of the clone
 * @param environment the environment variables
 * @param console where people read
 * @param log where details go
 */
record CliContext(Path home, Map<String, String> environment, Console console, RunLog log) {
    CliContext {
        environment = Map.copyOf(environment);
    }

    static CliContext ofProcess(Console console) {
        Path home =
                Path.of(System.getProperty("quoin.home", "")).toAbsolutePath().normalize();
        RunLog log = new RunLog();
        log.silence();
        return new CliContext(home, System.getenv(), console, log);
    }

    /** The folder for everything that a run leaves behind. */
    Path state() {
        return home.resolve(".quoin");
    }

    /** Sends the log of a command that keeps no folder of its own to a file. */
    void openLog(String command) {
        log.open(state().resolve("log").resolve(command + ".log"));
    }

    /** A path as a person standing in the clone would write it. */
    String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(home) ? home.relativize(absolute).toString() : absolute.toString();
    }
}
