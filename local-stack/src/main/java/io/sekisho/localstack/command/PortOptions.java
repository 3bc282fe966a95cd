package io.sekisho.localstack.command;

import io.sekisho.localstack.cluster.Endpoint;
import io.sekisho.localstack.cluster.Ports;
import picocli.CommandLine.Option;

/** The options that choose ports. */
final class PortOptions {
    @Option(names = "--free-ports", description = "Choose free ports for all that is not given a port.")
    private boolean free;

    @Option(names = "--port-smtp", paramLabel = "<port>", description = "SMTP, mx listener (default: 2525).")
    private Integer smtp;

    @Option(
            names = "--port-smtp-proxy",
            paramLabel = "<port>",
            description = "SMTP, mx listener behind PROXY protocol (default: 12525).")
    private Integer smtpProxy;

    @Option(
            names = "--port-submission",
            paramLabel = "<port>",
            description = "SMTP, submission with STARTTLS (default: 2587).")
    private Integer submission;

    @Option(
            names = "--port-submission-tls",
            paramLabel = "<port>",
            description = "SMTP, submission with implicit TLS (default: 2465).")
    private Integer submissionTls;

    @Option(names = "--port-policy", paramLabel = "<port>", description = "policy-service (default: 8081).")
    private Integer policy;

    @Option(names = "--port-tracking", paramLabel = "<port>", description = "tracking-service (default: 8082).")
    private Integer tracking;

    @Option(
            names = "--port-ingress",
            paramLabel = "<port>",
            description = "smtp-ingress, health and metrics (default: 8083).")
    private Integer ingress;

    @Option(
            names = "--port-egress",
            paramLabel = "<port>",
            description = "smtp-egress, queue, health and metrics (default: 8084).")
    private Integer egress;

    @Option(names = "--port-kafka", paramLabel = "<port>", description = "Kafka (default: 19092).")
    private Integer kafka;

    @Option(names = "--port-postgres", paramLabel = "<port>", description = "PostgreSQL (default: 15432).")
    private Integer postgres;

    @Option(names = "--port-redis", paramLabel = "<port>", description = "Redis (default: 16379).")
    private Integer redis;

    /** All ports; throws if one is in use, before anything is started. */
    Ports ports() {
        Ports ports = free ? Ports.free() : Ports.documented();
        for (Endpoint endpoint : Endpoint.values()) {
            Integer chosen = chosen(endpoint);
            if (chosen != null) {
                ports = ports.with(endpoint, chosen);
            }
        }
        ports.requireFree();
        return ports;
    }

    private Integer chosen(Endpoint endpoint) {
        return switch (endpoint) {
            case SMTP -> smtp;
            case SMTP_PROXY -> smtpProxy;
            case SUBMISSION -> submission;
            case SUBMISSION_TLS -> submissionTls;
            case POLICY -> policy;
            case TRACKING -> tracking;
            case INGRESS -> ingress;
            case EGRESS -> egress;
            case KAFKA -> kafka;
            case POSTGRES -> postgres;
            case REDIS -> redis;
        };
    }
}
