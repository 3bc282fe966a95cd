package io.sekisho.policyservice.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** Refuses to start with settings that cannot be right, and logs the others once, secrets masked. */
@Singleton
public class SettingsCheck {
    private static final Logger LOG = Logger.getLogger(SettingsCheck.class);

    /** First of all: a weak key must not be stored, and nothing published, before it is refused. */
    void check(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start,
            PolicySettings settings,
            AllowedRelayNetworks relayNetworks) {
        PolicySettings.Bootstrap bootstrap = settings.bootstrap();
        requireStrong("sekisho.bootstrap.admin-key", bootstrap.adminKey());
        requireStrong("sekisho.bootstrap.service-key", bootstrap.serviceKey());
        if (bootstrap.adminKey().equals(bootstrap.serviceKey())) {
            throw new IllegalStateException(
                    "sekisho.bootstrap.admin-key and sekisho.bootstrap.service-key are the same key; make two");
        }
        LOG.infof(
                "action=start bootstrap.admin-key=*** bootstrap.service-key=*** allowed-relay-networks=%s",
                relayNetworks.networks());
    }

    private static void requireStrong(String name, String key) {
        KeyStrength.fault(key).ifPresent(fault -> {
            throw new IllegalStateException(name + " " + fault);
        });
    }
}
