package io.sekisho.rest;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * {@code If-Match} and {@code If-None-Match} of a request, for a {@code @BeanParam}. A resource's version is a number that no other state of
 * it ever has; its ETag is strong.
 */
public class Conditions {

    @HeaderParam(HttpHeaders.IF_MATCH)
    @Parameter(description = "Go on only if the resource still has this ETag (or, with *, exists); else 412.")
    String ifMatch;

    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
    @Parameter(description = "GET: answer 304 if the resource still has this ETag. PUT with *: only create; else 412.")
    String ifNoneMatch;

    public static EntityTag tag(long version) {
        return new EntityTag(Long.toString(version));
    }

    /**
     * Goes on only if a change may be made to the resource as it is.
     *
     * @param version of the resource; empty where there is none
     * @throws Refusal 412, or 400 for a header that cannot be read
     */
    public void requireFor(Optional<Long> version) {
        Optional<String> current = version.map(v -> Long.toString(v));
        EntityTags.parse(HttpHeaders.IF_MATCH, ifMatch).ifPresent(expected -> {
            if (!current.map(expected::matchesStrongly).orElse(false)) {
                throw Refusal.preconditionFailed(current.map(now ->
                                "The resource was changed meanwhile: its ETag is now \"" + now + "\". Read it again.")
                        .orElse("The resource does not exist, so If-Match cannot hold."));
            }
        });
        EntityTags.parse(HttpHeaders.IF_NONE_MATCH, ifNoneMatch).ifPresent(unwanted -> {
            if (current.map(unwanted::matchesWeakly).orElse(false)) {
                throw Refusal.preconditionFailed(
                        "The resource exists already, and If-None-Match forbids to change it.");
            }
        });
    }

    /** The answer to a GET: the resource with its ETag, or 304 where the caller has it already (RFC 9110 §15.4.5). */
    public Response answer(Object resource, long version) {
        EntityTags.parse(HttpHeaders.IF_MATCH, ifMatch).ifPresent(expected -> {
            if (!expected.matchesStrongly(Long.toString(version))) {
                throw Refusal.preconditionFailed("The resource was changed: its ETag is now \"" + version + "\".");
            }
        });
        boolean known = EntityTags.parse(HttpHeaders.IF_NONE_MATCH, ifNoneMatch)
                .map(tags -> tags.matchesWeakly(Long.toString(version)))
                .orElse(false);
        Response.ResponseBuilder answer = known ? Response.notModified() : Response.ok(resource);
        return answer.tag(tag(version)).build();
    }
}
