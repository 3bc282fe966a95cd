package io.sekisho.localstack;

import java.util.Locale;
import java.util.Set;

/** What {@code SEKISHO_INFRA} asks for. */
enum InfrastructureChoice {
    EMBEDDED,
    DOCKER,
    AUTO;

    static final String VARIABLE = "SEKISHO_INFRA";

    /** {@code auto} where nothing is said. */
    static InfrastructureChoice fromEnvironment() {
        String value = Settings.value(VARIABLE).orElse("auto");
        try {
            return valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new StackFailure(VARIABLE + " is '" + value + "'; it can be embedded, docker or auto.", e);
        }
    }

    InfrastructureKind resolve(Set<Piece> pieces) {
        return switch (this) {
            case EMBEDDED -> InfrastructureKind.EMBEDDED;
            case DOCKER -> {
                DockerEngine.require();
                yield InfrastructureKind.DOCKER;
            }
            // Without the images an engine may cost minutes before it says that it cannot have them.
            case AUTO ->
                DockerEngine.isThere() && DockerEngine.hasImages(pieces)
                        ? InfrastructureKind.DOCKER
                        : InfrastructureKind.EMBEDDED;
        };
    }
}
