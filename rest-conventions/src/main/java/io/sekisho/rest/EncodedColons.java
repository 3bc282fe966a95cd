package io.sekisho.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Takes {@code %3A} in a path for the colon of calls such as {@code api-keys:verify}. RFC 3986 §2.2 lets a server tell the two apart, but many
 * clients encode every colon of a path segment, and nothing here would be meant by the other.
 */
@Singleton
public final class EncodedColons {
    private static final Pattern ENCODED = Pattern.compile("%3a", Pattern.CASE_INSENSITIVE);
    /** Before routes are looked for. */
    private static final int EARLY = 1_000;

    void register(@Observes Filters filters) {
        filters.register(EncodedColons::decode, EARLY);
    }

    private static void decode(RoutingContext request) {
        String path = request.request().path();
        if (path == null || !ENCODED.matcher(path).find()) {
            request.next();
            return;
        }
        String query = request.request().query();
        String decoded = ENCODED.matcher(path).replaceAll(":");
        request.reroute(request.request().method(), query == null ? decoded : decoded + "?" + query);
    }
}
