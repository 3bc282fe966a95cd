package io.sekisho.localstack;

/**
 * Which images the servers run from: the public ones, unless {@code SEKISHO_IMAGE_KAFKA}, {@code SEKISHO_IMAGE_POSTGRES} or
 * {@code SEKISHO_IMAGE_REDIS} (environment variable, or system property of the same name) names another that takes the same variables and
 * arguments.
 */
final class DockerImages {
    private DockerImages() {}

    static String of(Piece piece) {
        return switch (piece) {
            case KAFKA -> Settings.value("SEKISHO_IMAGE_KAFKA").orElse("apache/kafka:4.1.2");
            case POSTGRES -> Settings.value("SEKISHO_IMAGE_POSTGRES").orElse("postgres:17");
            case REDIS -> Settings.value("SEKISHO_IMAGE_REDIS").orElse("redis:7.4");
        };
    }
}
