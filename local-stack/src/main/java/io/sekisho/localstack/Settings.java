package io.sekisho.localstack;

import java.util.Optional;

/** What is set from outside: an environment variable, or a system property of the same name, which wins. */
final class Settings {
    private Settings() {}

    static Optional<String> value(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .filter(value -> !value.isBlank());
    }
}
