package io.sekisho.policyservice.settings;

import io.sekisho.rest.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Holds the bodies of all calls but the import of a file to 1 MiB, where a request says how long its body is. */
@Singleton
public final class BodyLimit {
    private static final long MOST = 1 << 20;
    private static final String IMPORT = ":import";
    /** Behind the look at the key: a stranger hears of that alone. */
    private static final int AFTER_ACCESS = Priorities.USER + 100;

    /** Null lets the request through. */
    @ServerRequestFilter(priority = AFTER_ACCESS)
    Response check(ContainerRequestContext request) {
        if (request.getLength() <= MOST || request.getUriInfo().getPath().endsWith(IMPORT)) {
            return null;
        }
        Response tooLarge = Problem.of(
                        Response.Status.REQUEST_ENTITY_TOO_LARGE,
                        "The body has " + request.getLength() + " octets, and may have " + MOST + ".")
                .response();
        // What the client still sends is not read.
        return Response.fromResponse(tooLarge).header("Connection", "close").build();
    }
}
