package io.sekisho.egress.brokentls;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hosts whose TLS broke lately where it was only opportunistic, and which took the mail in plain text then. Mail whose
 * requirement asks for TLS never looks here.
 *
 * <p>Thread safety: all methods, none blocks. None fails: a memory that is out of reach remembers nothing.
 */
public interface BrokenTls {

    /** Remembers nothing. */
    BrokenTls NONE = new BrokenTls() {
        @Override
        public CompletionStage<Optional<Instant>> since(TlsPeer peer) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Void> remember(TlsPeer peer) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> forget(TlsPeer peer) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Uni<List<Broken>> latest(int count) {
            return Uni.createFrom().item(List.of());
        }
    };

    /** A host that is remembered. */
    record Broken(TlsPeer peer, Instant since) {}

    /** When its TLS broke; empty where that is not known, or too long ago. */
    CompletionStage<Optional<Instant>> since(TlsPeer peer);

    /** Its TLS broke, and plain text did not. */
    CompletionStage<Void> remember(TlsPeer peer);

    /** Its TLS was seen to work. */
    CompletionStage<Void> forget(TlsPeer peer);

    /** The hosts whose TLS broke last, the latest first. */
    Uni<List<Broken>> latest(int count);
}
