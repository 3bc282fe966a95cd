package io.sekisho.policyservice.change;

import io.sekisho.rest.Conditions;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a write left.
 *
 * @param resource as the interface shows it
 * @param version its ETag
 * @param created where it is new: its address
 */
public record Written<T>(T resource, long version, Optional<URI> created) {

    public static <T> Written<T> changed(T resource, long version) {
        return new Written<>(resource, version, Optional.empty());
    }

    public static <T> Written<T> created(T resource, long version, String path) {
        return new Written<>(resource, version, Optional.of(URI.create(path)));
    }

    /** The same write, shown otherwise. */
    public <R> Written<R> map(Function<T, R> shown) {
        return new Written<>(shown.apply(resource), version, created);
    }

    /** 201 with its address, or 200; both with the resource and its ETag. */
    public Response response() {
        return created.map(Response::created)
                .orElseGet(Response::ok)
                .entity(resource)
                .tag(Conditions.tag(version))
                .build();
    }
}
