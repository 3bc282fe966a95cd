package io.sekisho.systemtests;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.systemtests.arena.Arena;
import io.sekisho.systemtests.arena.ArenaPlan;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The whole gateway as processes, set once for all tests and handed to those that ask for an {@link Arena} or its {@link Cluster}. */
final class SharedArena implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedArena.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Arena.class || type == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Closed by JUnit when the last test has ended.
        Arena arena = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Arena.class, any -> Arena.set(ArenaPlan.STANDARD), Arena.class);
        return parameter.getParameter().getType() == Arena.class ? arena : arena.cluster();
    }
}
