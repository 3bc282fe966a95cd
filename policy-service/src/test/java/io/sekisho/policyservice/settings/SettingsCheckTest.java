package io.sekisho.policyservice.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {
    private static final String ONE = "sk_7d1f4b0c9a3e5268f0d1b2c3a4958677";
    private static final String OTHER = "sk_0a9b8c7d6e5f40312233445566778899";

    @Test
    void refusesAWeakKeyAndNamesIt() {
        assertThatThrownBy(() -> check("sk_changeme", OTHER))
                .hasMessageStartingWith("sekisho.bootstrap.admin-key is too short");
        assertThatThrownBy(() -> check(ONE, "sk_changeme"))
                .hasMessageStartingWith("sekisho.bootstrap.service-key is too short");
    }

    @Test
    void refusesOneKeyForBoth() {
        assertThatThrownBy(() -> check(ONE, ONE)).hasMessageContaining("the same key");
    }

    @Test
    void refusesANetworkThatIsNone() {
        assertThatThrownBy(() -> new AllowedRelayNetworks(settings(ONE, OTHER, "127.0.0.0/8", "10.0.0.1/8")))
                .hasMessageContaining("sekisho.allowed-relay-networks")
                .hasMessageContaining("did you mean '10.0.0.0/8'?");
    }

    @Test
    void takesTwoStrongKeys() {
        assertThatCode(() -> check(ONE, OTHER)).doesNotThrowAnyException();
    }

    private static void check(String adminKey, String serviceKey) {
        PolicySettings settings = settings(adminKey, serviceKey);
        new SettingsCheck().check(null, settings, new AllowedRelayNetworks(settings));
    }

    private static PolicySettings settings(String adminKey, String serviceKey, String... networks) {
        return new PolicySettings() {
            @Override
            public Bootstrap bootstrap() {
                return new Bootstrap() {
                    @Override
                    public String adminKey() {
                        return adminKey;
                    }

                    @Override
                    public String serviceKey() {
                        return serviceKey;
                    }
                };
            }

            @Override
            public Optional<List<String>> allowedRelayNetworks() {
                return Optional.of(List.of(networks));
            }
        };
    }
}
