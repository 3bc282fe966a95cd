package io.sekisho.localstack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The infrastructure for a Quarkus test: started before the application, its configuration keys set, ended afterwards.
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(value = LocalStackResource.class, initArgs = {
 *     @ResourceArg(name = "pieces", value = "kafka,postgres"),
 *     @ResourceArg(name = "database", value = "tracking")})
 * }</pre>
 *
 * <p>{@code pieces} is a list of {@code kafka}, {@code postgres}, {@code redis} (default: all); {@code database} is {@code policy},
 * {@code queue} or {@code tracking} and sets the data source. The running {@link Infrastructure} is injected into test fields of that type,
 * for faults and look-ups.
 */
public final class LocalStackResource implements QuarkusTestResourceLifecycleManager {
    private Set<Piece> pieces = EnumSet.allOf(Piece.class);
    private Optional<Database> database = Optional.empty();
    private Infrastructure infrastructure;

    @Override
    public void init(Map<String, String> arguments) {
        String named = arguments.get("pieces");
        if (named != null) {
            pieces = EnumSet.noneOf(Piece.class);
            Arrays.stream(named.split(","))
                    .map(name -> Piece.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                    .forEach(pieces::add);
        }
        database = Optional.ofNullable(arguments.get("database"))
                .map(name -> Database.valueOf(name.strip().toUpperCase(Locale.ROOT)));
    }

    @Override
    public Map<String, String> start() {
        infrastructure = LocalStack.start(pieces);
        Map<String, String> keys = database.map(infrastructure::configuration).orElseGet(infrastructure::configuration);
        return new HashMap<>(keys);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(infrastructure, new TestInjector.MatchesType(Infrastructure.class));
    }

    @Override
    public void stop() {
        if (infrastructure != null) {
            infrastructure.close();
        }
    }
}
