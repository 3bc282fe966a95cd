package io.sekisho.localstack.command;

import io.sekisho.localstack.Database;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Endpoint;
import io.sekisho.localstack.cluster.Service;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What a person wants to know when the stack has come up. */
final class Welcome {
    /** System property of a stack in the background. */
    static final String DETACHED = "sekisho.detached";

    private Welcome() {}

    static void print(PrintWriter out, Cluster cluster, Path directory, Duration took) {
        out.printf(Locale.ROOT, "%nSekisho is up, after %.1f s.%n%n", took.toMillis() / 1000.0);
        line(out, "SMTP (mx)", "127.0.0.1:" + cluster.smtpPort() + "  (STARTTLS, self-signed)");
        line(
                out,
                "SMTP (mx, PROXY)",
                "127.0.0.1:" + cluster.ports().of(Endpoint.SMTP_PROXY) + "  (the same behind PROXY v1, v2)");
        line(
                out,
                "Submission",
                "127.0.0.1:" + cluster.ports().of(Endpoint.SUBMISSION) + "  (STARTTLS), 127.0.0.1:"
                        + cluster.ports().of(Endpoint.SUBMISSION_TLS) + "  (implicit TLS); users log in");
        for (Service service : Service.values()) {
            line(out, service.id(), cluster.url(service) + "  " + offers(service));
        }
        line(
                out,
                "PostgreSQL",
                cluster.infrastructure().reactiveUrl(Database.POLICY) + "  user "
                        + cluster.infrastructure().username() + ", password in "
                        + directory.resolve("postgres-password"));
        line(out, "Kafka", cluster.infrastructure().bootstrapServers());
        line(out, "Redis", cluster.infrastructure().redisUrl());
        line(out, "Data and logs", directory.toString());
        line(out, "Admin key", cluster.adminKey());
        out.printf(
                "%n  curl -H 'Authorization: Bearer %s' %s/api/v1/domains%n",
                cluster.adminKey(), cluster.url(Service.POLICY));
        out.printf(
                "%n%s ends it all; ./sekisho logs -f <name> shows what a service says.%n",
                Boolean.getBoolean(DETACHED) ? "./sekisho down" : "Ctrl-C");
        out.flush();
    }

    private static String offers(Service service) {
        return switch (service) {
            case POLICY, TRACKING, EGRESS ->
                "(REST /api/v1, Swagger UI /q/swagger-ui, health /q/health, metrics /q/metrics)";
            case INGRESS -> "(health /q/health, metrics /q/metrics)";
        };
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("  %-17s %s%n", name, value);
    }
}
