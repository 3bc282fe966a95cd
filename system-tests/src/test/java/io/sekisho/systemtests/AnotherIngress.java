package io.sekisho.systemtests;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.ClusterPlan;
import io.sekisho.localstack.cluster.Ports;
import io.sekisho.localstack.cluster.Service;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** One more smtp-ingress beside those of a cluster, set otherwise; the rest of the cluster carries its mail on. */
final class AnotherIngress {

    private AnotherIngress() {}

    /**
     * Starts it.
     *
     * @param settings configuration keys and values
     */
    static Cluster beside(Cluster cluster, Path directory, Map<String, String> settings) {
        ClusterPlan plan = ClusterPlan.on(cluster.infrastructure(), directory)
                .services(Set.of(Service.INGRESS))
                .ports(Ports.free());
        settings.forEach((key, value) -> plan.configure(Service.INGRESS, key, value));
        return plan.start();
    }
}
