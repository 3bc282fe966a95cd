package io.sekisho.systemtests;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.ClusterPlan;
import io.sekisho.localstack.cluster.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The whole gateway as processes, started once for all scenarios and handed to those that ask for a {@link Cluster}. */
final class SharedCluster implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedCluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, any -> Running.start(), Running.class)
                .cluster();
    }

    /** Closed by JUnit when the last test has ended. */
    record Running(Infrastructure infrastructure, Cluster cluster) implements AutoCloseable {

        static Running start() {
            Infrastructure infrastructure = LocalStack.start(EnumSet.allOf(Piece.class));
            try {
                Path directory = Files.createTempDirectory("sekisho-system-");
                Cluster cluster = ClusterPlan.on(infrastructure, directory)
                        .ports(Ports.free())
                        .hostname("gateway.sekisho.example")
                        .startUp(ClusterPlan.StartUp.CLASS_ARCHIVE)
                        .start();
                return new Running(infrastructure, cluster);
            } catch (IOException | RuntimeException e) {
                infrastructure.close();
                throw new IllegalStateException("the gateway did not start", e);
            }
        }

        @Override
        public void close() {
            cluster.close();
            infrastructure.close();
        }
    }
}
