package io.quoin.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, as Maven wrote it into the jar. */
final class Version implements IVersionProvider {
    private static final String RESOURCE = "/META-INF/maven/io.quoin/quoin-node-app/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream input = Version.class.getResourceAsStream(RESOURCE)) {
            if (input != null) {
                properties.load(input);
            }
        }
        return new String[] {
            "quoin " + properties.getProperty("version", "(not packaged)"),
            "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
