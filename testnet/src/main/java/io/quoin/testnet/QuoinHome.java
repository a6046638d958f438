package io.quoin.testnet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the folder of the project: the one that holds {@code contracts/package.json}. */
public final class QuoinHome {
    /** System property that names the folder outright. */
    public static final String PROPERTY = "quoin.home";

    private static final Path MARK = Path.of("contracts", "package.json");

    private QuoinHome() {}

    /**
     * The project's folder: the system property {@value #PROPERTY}, else the nearest folder from the working directory
     * upwards that is one.
     *
     * @throws TestnetException if the property names another kind of folder, or no folder above is one
     */
    public static Path find() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(QuoinHome::named)
                .orElseGet(() -> above(Path.of("").toAbsolutePath()));
    }

    private static Path named(String property) {
        Path home = Path.of(property).toAbsolutePath().normalize();
        if (!isHome(home)) {
            throw new TestnetException("-D%s=%s is not the project's folder: it has no %s. Point it at the clone."
                    .formatted(PROPERTY, property, MARK));
        }
        return home;
    }

    private static Path above(Path start) {
        return Optional.ofNullable(start)
                .filter(QuoinHome::isHome)
                .or(() -> Optional.ofNullable(start.getParent()).map(QuoinHome::above))
                .orElseThrow(() -> new TestnetException(
                        "No folder from the working directory upwards has %s. Run inside the clone, or set -D%s."
                                .formatted(MARK, PROPERTY)));
    }

    private static boolean isHome(Path folder) {
        return Files.isRegularFile(folder.resolve(MARK));
    }
}
