package io.quoin.node.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a TCP port, 0 to 65535; 0 stands for any free one. */
final class PortNumber implements ITypeConverter<Integer> {
    private static final int MAX = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new TypeConversionException("'" + text + "' is no port; give a number from 0 to " + MAX);
    }
}
