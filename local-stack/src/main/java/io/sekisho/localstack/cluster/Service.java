package io.sekisho.localstack.cluster;

import io.sekisho.localstack.Database;
import java.util.Optional;

/** A deployable of the gateway. */
public enum Service {
    POLICY("policy-service", Endpoint.POLICY, Optional.of(Database.POLICY), 224),
    TRACKING("tracking-service", Endpoint.TRACKING, Optional.of(Database.TRACKING), 256),
    INGRESS("smtp-ingress", Endpoint.INGRESS, Optional.empty(), 256),
    EGRESS("smtp-egress", Endpoint.EGRESS, Optional.of(Database.QUEUE), 384);

    private final String id;
    private final Endpoint http;
    private final Optional<Database> database;
    private final int heapMebibytes;

    Service(String id, Endpoint http, Optional<Database> database, int heapMebibytes) {
        this.id = id;
        this.http = http;
        this.database = database;
        this.heapMebibytes = heapMebibytes;
    }

    /** Name of its module, its process and its log. */
    public String id() {
        return id;
    }

    /** Where its HTTP answers: REST, health, metrics. */
    public Endpoint http() {
        return http;
    }

    Optional<Database> database() {
        return database;
    }

    int heapMebibytes() {
        return heapMebibytes;
    }

    /**
     * The part of the heap for new objects, where the JVM's third is too much: content of large messages on its way, and idle sessions, are
     * old by any measure.
     */
    Optional<Integer> youngMebibytes() {
        return this == INGRESS ? Optional.of(48) : Optional.empty();
    }
}
