package io.sekisho.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build knows: versions of what it put together. */
final class BuildProperties {

    private static final Properties VALUES = new Properties();

    static {
        try (InputStream file = BuildProperties.class.getResourceAsStream("/versions.properties")) {
            VALUES.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BuildProperties() {}

    static String value(String key) {
        return VALUES.getProperty(key, "unknown");
    }
}
