package io.sekisho.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(SettingsCheck.faults(settings(Map.of()))).isEmpty();
        assertThat(settings(Map.of()).smtp().port()).isEqualTo(2525);
    }

    @ParameterizedTest
    @CsvSource({
        "smtp.port, 65536",
        "smtp.hostname, two words",
        "smtp.postmaster, nobody",
        "smtp.tls.certificate, /etc/tls.crt",
        "smtp.size-limit, 151M",
        "smtp.recipient-limit, 99",
        "smtp.envelope-limit, 2M",
        "smtp.error-limit, 0",
        "smtp.connection-limit, 0",
        "smtp.client-limits.connections, -1",
        "smtp.client-limits.connections-per-minute, -1",
        "smtp.client-limits.messages-per-minute, -1",
        "smtp.client-limits.recipients-per-minute, -1",
        "smtp.client-limits.failed-logins-per-minute, -1",
        "smtp.client-limits.exempt, partner.example",
        "smtp.content-memory, 1M",
        "smtp.event-places, 1999",
        "smtp.idle-timeout, PT0S",
        "smtp.content-timeout, PT25H",
        "smtp.handshake-timeout, PT10M",
        "smtp.queue-timeout, PT1S",
        "smtp.drain-timeout, PT11M",
        "smtp.listeners.balanced.port, 65536",
        "smtp.tls.reload-interval, PT0S",
        "smtp.no-start-tls, host.example",
        "smtp.dns-timeout, PT31S",
        "smtp.dns-servers, dns.example",
        "policy.max-stale, P2D"
    })
    void namesTheKeyThatIsWrong(String key, String value) {
        assertThat(SettingsCheck.faults(settings(Map.of("sekisho." + key, value))))
                .hasSize(1)
                .first()
                .asString()
                .contains("sekisho." + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mx", "two_words"})
    void namesAListenerWhoseNameCannotBe(String name) {
        assertThat(SettingsCheck.faults(settings(Map.of("sekisho.smtp.listeners." + name + ".port", "26"))))
                .singleElement()
                .asString()
                .startsWith("sekisho.smtp.listeners." + name + " must be named by");
    }

    @Test
    void takesAListenerFromTheEnvironment() {
        IngressSettings settings = new SmallRyeConfigBuilder()
                .withMapping(IngressSettings.class)
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withSources(new EnvConfigSource(
                        Map.of(
                                "SEKISHO_SMTP_LISTENERS__BALANCED__PORT", "12525",
                                "SEKISHO_SMTP_LISTENERS__BALANCED__PROXY_NETWORKS", "10.0.0.0/8"),
                        300))
                .build()
                .getConfigMapping(IngressSettings.class);

        assertThat(settings.smtp().listeners()).containsOnlyKeys("balanced");
        assertThat(settings.smtp().listeners().get("balanced").proxyNetworks().orElseThrow())
                .containsExactly("10.0.0.0/8");
    }

    @Test
    void namesABalancerThatIsNoNetwork() {
        assertThat(SettingsCheck.faults(settings(Map.of(
                        "sekisho.smtp.listeners.balanced.port", "12525",
                        "sekisho.smtp.listeners.balanced.proxy-networks", "10.0.0.0/8,balancer.example"))))
                .singleElement()
                .asString()
                .contains("sekisho.smtp.listeners.balanced.proxy-networks has 'balancer.example'");
    }

    @ParameterizedTest
    @CsvSource({
        "listeners.users.mode, SUBMISSION, where users log in inside TLS only",
        "listeners.users.certificate, other, must be one of sekisho.smtp.tls.further",
        "listeners.users.size-limit, 60M, must be 1024 to 52428800",
        "listeners.users.connection-limit, 0, must be 1 to 100000",
        "listeners.users.no-start-tls, host.example, must be an address or CIDR block"
    })
    void namesWhatIsWrongWithAListener(String key, String value, String why) {
        assertThat(SettingsCheck.faults(
                        settings(Map.of("sekisho.smtp.listeners.users.port", "0", "sekisho.smtp." + key, value))))
                .singleElement()
                .asString()
                .startsWith("sekisho.smtp." + key)
                .contains(why);
    }

    @Test
    void wantsACertificateOfItsOwnBesideFurtherOnes() {
        assertThat(SettingsCheck.faults(settings(Map.of(
                        "sekisho.smtp.tls.further.other.certificate", "other.crt",
                        "sekisho.smtp.tls.further.other.key", "other.key"))))
                .singleElement()
                .asString()
                .startsWith("sekisho.smtp.tls.further is set");
    }

    @Test
    void neverShowsTheServiceKey() {
        IngressSettings settings = settings(Map.of("sekisho.policy.service-key", "sk_secret"));

        assertThat(Shown.of(settings)).contains("policy.service-key: (set)").doesNotContain("sk_secret");
    }

    @Test
    void showsTheLimitsOfAClient() {
        assertThat(Shown.of(settings(Map.of("sekisho.smtp.client-limits.exempt", "192.0.2.0/24"))))
                .contains(
                        "smtp.client-limits: [connections: 100, connections-per-minute: 600, messages-per-minute: 3000, "
                                + "recipients-per-minute: 10000, failed-logins-per-minute: 20, exempt: [192.0.2.0/24], "
                                + "scope: CLUSTER]");
    }

    private static IngressSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(IngressSettings.class)
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(IngressSettings.class);
    }
}
