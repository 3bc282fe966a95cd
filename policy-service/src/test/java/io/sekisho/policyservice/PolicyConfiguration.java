package io.sekisho.policyservice;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What the local stack or a chart would configure. */
public class PolicyConfiguration implements QuarkusTestResourceLifecycleManager {
    public static final String ADMIN_KEY = "sk_7d1f4b0c9a3e5268f0d1b2c3a4958677";
    public static final String SERVICE_KEY = "sk_0a9b8c7d6e5f40312233445566778899";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.shutdown.delay",
                "0s",
                "quarkus.http.test-port",
                "0",
                "sekisho.bootstrap.admin-key",
                ADMIN_KEY,
                "sekisho.bootstrap.service-key",
                SERVICE_KEY,
                "sekisho.allowed-relay-networks",
                "127.0.0.0/8,fd00::/8");
    }

    @Override
    public void stop() {}
}
