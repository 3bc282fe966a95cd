package io.sekisho.rest;

import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.SecretHash;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Knows the API keys by their hashes.
 *
 * <p><b>Fails when</b> nobody who knows the keys can be reached: with {@link ApiKeysUnreachable}, which is answered 503. "No such key" is
 * the empty value, never a failure.
 */
public interface ApiKeys {

    /** What a key gives, by {@link SecretHash}. */
    Uni<Optional<ApiKeyGrant>> byHash(String hash);
}
