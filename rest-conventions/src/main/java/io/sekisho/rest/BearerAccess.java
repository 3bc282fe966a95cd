package io.sekisho.rest;

import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.SecretHash;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a request through to its resource method if it bears a key ({@code Authorization: Bearer sk_…}) of a role that {@link Allowed}
 * names. Health, metrics and OpenAPI are no resource methods and stay open.
 */
@Singleton
public final class BearerAccess {
    private static final Logger LOG = Logger.getLogger(BearerAccess.class);
    private static final String SCHEME = "Bearer ";
    private static final String KEY_PREFIX = "sk_";
    /** Longer than any key; what is longer is not worth hashing. */
    private static final int LONGEST_KEY = 256;

    private final ApiKeys keys;
    private final CurrentCaller current;

    public BearerAccess(ApiKeys keys, CurrentCaller current) {
        this.keys = keys;
        this.current = current;
    }

    /** Null lets the request through. */
    @ServerRequestFilter
    Uni<Response> authenticate(ContainerRequestContext request, ResourceInfo resource) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            // RFC 6750 §3.1: without credentials the challenge carries no error code.
            return refuse(Refusal.unauthorized(
                    "Bearer realm=\"sekisho\"",
                    "This call needs an API key: send the header Authorization: Bearer sk_…"));
        }
        // RFC 9110 §11.1: the scheme is compared without regard to case.
        String key = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : "";
        if (!key.startsWith(KEY_PREFIX) || key.length() > LONGEST_KEY) {
            return refuse(unknownKey());
        }
        return keys.byHash(SecretHash.of(key))
                .map(grant -> judge(grant, resource))
                .onFailure(ApiKeysUnreachable.class)
                .recoverWithItem(failure -> {
                    LOG.warnf("action=look-up-key result=unreachable reason=\"%s\"", failure.getMessage());
                    return Refusal.unavailable("Whether the API key is valid cannot be found out now; try again later.")
                            .getResponse();
                });
    }

    private Response judge(Optional<ApiKeyGrant> grant, ResourceInfo resource) {
        if (grant.isEmpty()) {
            return unknownKey().getResponse();
        }
        Caller caller = Caller.of(grant.get());
        if (!AllowedRoles.of(resource.getResourceClass(), resource.getResourceMethod())
                .contains(caller.role())) {
            return Refusal.forbidden("The role " + caller.role().label() + " may not make this call.")
                    .getResponse();
        }
        current.set(caller);
        return null;
    }

    private static Refusal unknownKey() {
        return Refusal.unauthorized(
                "Bearer realm=\"sekisho\", error=\"invalid_token\"",
                "This API key is not known: it is mistyped or was deleted.");
    }

    private static Uni<Response> refuse(Refusal refusal) {
        return Uni.createFrom().item(refusal.getResponse());
    }
}
