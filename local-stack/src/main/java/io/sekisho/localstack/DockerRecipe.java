package io.sekisho.localstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a server runs from its public image, or one with the same contract.
 *
 * @param containerPort where it listens inside
 * @param dataDirectory where it keeps its data inside
 */
record DockerRecipe(
        Piece piece,
        String image,
        int containerPort,
        String dataDirectory,
        Map<String, String> environment,
        List<String> command) {

    private static final int POSTGRES_PORT = 5432;
    private static final int REDIS_PORT = 6379;
    private static final int KAFKA_PORT = 9092;
    private static final int KAFKA_CONTROLLER_PORT = 9093;

    DockerRecipe {
        environment = Map.copyOf(environment);
        command = List.copyOf(command);
    }

    /**
     * The recipe for one piece.
     *
     * @param host where clients reach it
     * @param port at which clients reach it
     * @param password of PostgreSQL
     */
    static DockerRecipe of(Piece piece, String host, int port, String password) {
        return switch (piece) {
            case KAFKA -> kafka(host, port);
            case POSTGRES -> postgres(password);
            case REDIS -> redis();
        };
    }

    private static DockerRecipe postgres(String password) {
        List<String> command = new ArrayList<>(List.of("postgres"));
        command.addAll(PostgresSettings.options());
        return new DockerRecipe(
                Piece.POSTGRES,
                DockerImages.of(Piece.POSTGRES),
                POSTGRES_PORT,
                "/var/lib/postgresql/data",
                Map.of("POSTGRES_USER", PostgresSettings.USERNAME, "POSTGRES_PASSWORD", password),
                command);
    }

    private static DockerRecipe redis() {
        List<String> command = new ArrayList<>(List.of("redis-server", "--protected-mode", "no"));
        command.addAll(RedisSettings.options());
        return new DockerRecipe(Piece.REDIS, DockerImages.of(Piece.REDIS), REDIS_PORT, "/data", Map.of(), command);
    }

    private static DockerRecipe kafka(String host, int port) {
        String data = "/var/lib/kafka/data";
        KafkaNode node = new KafkaNode(1, KAFKA_PORT, KAFKA_CONTROLLER_PORT);
        Map<String, String> settings =
                new TreeMap<>(KafkaSettings.broker(node, List.of(node), "0.0.0.0", data + "/log"));
        settings.put("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
        Map<String, String> environment = new TreeMap<>();
        // The image's rule: KAFKA_LOG_DIRS becomes log.dirs.
        settings.forEach((name, value) ->
                environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return new DockerRecipe(Piece.KAFKA, DockerImages.of(Piece.KAFKA), KAFKA_PORT, data, environment, List.of());
    }
}
