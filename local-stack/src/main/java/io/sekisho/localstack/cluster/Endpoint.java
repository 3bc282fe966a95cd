package io.sekisho.localstack.cluster;

import io.sekisho.localstack.Piece;
import java.util.Optional;

/** A TCP port of the local stack, with the number that {@code ./sekisho up} uses unless told otherwise. */
public enum Endpoint {
    SMTP("smtp", 2525, "SMTP (mx listener)"),
    SMTP_PROXY("smtp-proxy", 12525, "SMTP (mx listener behind a load balancer, PROXY protocol)"),
    SUBMISSION("submission", 2587, "SMTP (submission: STARTTLS, users log in)"),
    SUBMISSION_TLS("submission-tls", 2465, "SMTP (submission: implicit TLS, users log in)"),
    POLICY("policy", 8081, "policy-service"),
    TRACKING("tracking", 8082, "tracking-service"),
    INGRESS("ingress", 8083, "smtp-ingress (health, metrics)"),
    EGRESS("egress", 8084, "smtp-egress (queue, health, metrics)"),
    /* Not the servers' usual numbers: a developer's own PostgreSQL is likely to sit there. */
    KAFKA("kafka", 19092, "Kafka"),
    POSTGRES("postgres", 15432, "PostgreSQL"),
    REDIS("redis", 16379, "Redis");

    private final String id;
    private final int defaultPort;
    private final String title;

    Endpoint(String id, int defaultPort, String title) {
        this.id = id;
        this.defaultPort = defaultPort;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public int defaultPort() {
        return defaultPort;
    }

    public String title() {
        return title;
    }

    /** The option of {@code ./sekisho up} that chooses another port. */
    public String option() {
        return "--port-" + id;
    }

    /** The server of the infrastructure behind it, if it is one. */
    public Optional<Piece> piece() {
        return switch (this) {
            case KAFKA -> Optional.of(Piece.KAFKA);
            case POSTGRES -> Optional.of(Piece.POSTGRES);
            case REDIS -> Optional.of(Piece.REDIS);
            default -> Optional.empty();
        };
    }
}
