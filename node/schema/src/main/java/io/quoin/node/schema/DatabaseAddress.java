package io.quoin.node.schema;

import java.net.URI;
import java.util.Properties;

/**
 * Where a PostgreSQL database is and how to log in. Prints without its password.
 *
 * @param jdbcUrl a {@code jdbc:postgresql:} URL without user and password
 * @param user the database role
 * @param password the role's password, possibly empty
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    private static final String PREFIX = "jdbc:postgresql://";

    /** Checks that the URL is PostgreSQL's and carries no password. */
    public DatabaseAddress {
        if (!jdbcUrl.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a database URL starts with " + PREFIX + ", for example " + PREFIX
                    + "localhost/quoin?user=quoin&password=...");
        }
        if (jdbcUrl.contains("password=")) {
            throw new IllegalArgumentException("the password is given apart from the URL; use DatabaseAddress.parse");
        }
    }

    /**
     * Reads a URL as an operator writes it, {@code jdbc:postgresql://host:port/db?user=u&password=p}. The
     * {@code jdbc:} in front may be missing, and user and password may stand before the host.
     *
     * @throws IllegalArgumentException if it is no PostgreSQL URL; the message does not repeat the URL, which may
     *     hold a password
     */
    public static DatabaseAddress parse(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        URI uri = uri(plain);
        Properties query = query(uri.getRawQuery() == null ? "" : uri.getRawQuery());
        String[] userInfo = (uri.getUserInfo() == null ? "" : uri.getUserInfo()).split(":", 2);
        String user = query.getProperty("user", userInfo[0].isEmpty() ? "quoin" : userInfo[0]);
        String password = query.getProperty("password", userInfo.length > 1 ? userInfo[1] : "");
        query.remove("user");
        query.remove("password");
        StringBuilder rest = new StringBuilder();
        query.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> rest.append(rest.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(query.getProperty(name)));
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        return new DatabaseAddress(PREFIX + host + uri.getRawPath() + rest, user, password);
    }

    private static URI uri(String plain) {
        try {
            URI uri = URI.create(plain);
            if (("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below without the URL's text, which may hold a password.
        }
        throw new IllegalArgumentException(
                "not a PostgreSQL URL; expected jdbc:postgresql://HOST[:PORT]/DATABASE?user=USER&password=PASSWORD");
    }

    private static Properties query(String raw) {
        Properties query = new Properties();
        for (String part : raw.split("&", -1)) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2) {
                query.setProperty(
                        pair[0], java.net.URLDecoder.decode(pair[1], java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
