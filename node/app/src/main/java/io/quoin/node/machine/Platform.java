package io.quoin.node.machine;

import java.util.Locale;

/**
 * The operating system and processor, as far as they decide which command installs a thing.
 *
 * @param family the operating system
 * @param processor {@code x86_64} or {@code arm_64}
 */
public record Platform(Family family, String processor) {
    /** Operating systems that Quoin is built for. */
    public enum Family {
        /** Any Linux. */
        LINUX,
        /** Apple's. */
        MACOS,
        /** Something else. */
        OTHER
    }

    /** What can be asked to be installed. */
    public enum Tool {
        /** A JDK of version 25. */
        JDK,
        /** Apache Maven. */
        MAVEN,
        /** Node.js with npm. */
        NODE,
        /** A container engine. */
        DOCKER
    }

    /** Returns the platform that this virtual machine runs on. */
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        Family family = name.contains("mac") ? Family.MACOS : name.contains("linux") ? Family.LINUX : Family.OTHER;
        String arch = osArch.toLowerCase(Locale.ROOT);
        return new Platform(family, arch.equals("aarch64") || arch.equals("arm64") ? "arm_64" : "x86_64");
    }

    /** Returns the exact command that installs a tool here. */
    public String installCommand(Tool tool) {
        boolean mac = family == Family.MACOS;
        return switch (tool) {
            case JDK -> mac ? "brew install openjdk@25" : "sudo apt-get install openjdk-25-jdk-headless";
            case MAVEN -> mac ? "brew install maven" : "sudo apt-get install maven";
            case NODE -> mac ? "brew install node" : "sudo apt-get install nodejs npm";
            case DOCKER -> mac ? "brew install --cask docker" : "sudo apt-get install docker.io";
        };
    }

    /** Returns the class-path resource with PostgreSQL's programs for this platform. */
    public String postgresResource() {
        return "postgres-" + (family == Family.MACOS ? "darwin" : "linux") + "-" + processor + ".txz";
    }
}
