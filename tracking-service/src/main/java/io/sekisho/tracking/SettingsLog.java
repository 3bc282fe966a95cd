package io.sekisho.tracking;

import io.quarkus.runtime.StartupEvent;
import io.sekisho.tracking.log.LogKey;
import io.sekisho.tracking.log.LogLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Says once, at the start, what the service works with. */
@ApplicationScoped
class SettingsLog {
    private static final Logger LOG = Logger.getLogger(SettingsLog.class);

    /** None of them is a secret; the password of the database and the service key are not among them. */
    private static final List<String> SHOWN = List.of(
            "kafka.bootstrap.servers",
            "quarkus.datasource.reactive.url",
            "quarkus.datasource.username",
            "quarkus.redis.hosts",
            "quarkus.http.host",
            "quarkus.http.port",
            "sekisho.policy.url",
            "sekisho.tracking.accepted-days-back",
            "sekisho.tracking.accepted-days-ahead",
            "sekisho.tracking.prepared-days",
            "sekisho.tracking.query-timeout",
            "sekisho.tracking.store-timeout",
            "sekisho.tracking.first-pause",
            "sekisho.tracking.longest-pause");

    void log(@Observes StartupEvent event, Config config) {
        SHOWN.forEach(name -> config.getOptionalValue(name, String.class)
                .ifPresent(value -> LOG.info(LogLine.of("configured")
                        .with(LogKey.SETTING, name)
                        .with(LogKey.VALUE, withoutCredentials(value)))));
    }

    /** A URL may carry a password before its host. */
    private static String withoutCredentials(String value) {
        return value.replaceAll("//[^/@]*@", "//***@");
    }
}
