package io.sekisho.rest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a request with a parameter in path or query that no database could be asked about, such as {@code %00}. */
@Singleton
public final class StorableParameters {
    /** Behind the look at the key: a stranger hears of that alone. */
    private static final int AFTER_ACCESS = Priorities.USER + 100;

    /** Null lets the request through. */
    @ServerRequestFilter(priority = AFTER_ACCESS)
    Response check(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        Faults faults = new Faults();
        check(faults, uri.getPathParameters());
        check(faults, uri.getQueryParameters());
        return faults.all().isEmpty() ? null : Problem.badRequest(faults.all()).response();
    }

    private static void check(Faults faults, MultivaluedMap<String, String> parameters) {
        parameters.forEach((name, values) ->
                values.forEach(value -> StorableText.fault(value).ifPresent(fault -> faults.add(name, fault))));
    }
}
