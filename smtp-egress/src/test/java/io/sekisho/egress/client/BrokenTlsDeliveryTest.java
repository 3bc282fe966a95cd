package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.brokentls.BrokenTls;
import io.sekisho.egress.brokentls.TlsPeer;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.testkit.peer.PeerSettings;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.sekisho.testkit.peer.Step;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts whose TLS broke are spared further handshakes where TLS is opportunistic, and nowhere else. */
class BrokenTlsDeliveryTest {

    private static final Instant SINCE = Instant.parse("2026-11-24T07:00:00Z");

    private final Memory memory = new Memory();
    private final Desk desk = new Desk().remembering(memory);

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "CLOSED"})
    void failsOneHandshakeAndThenNoneForTheTime(StartTlsBehaviour behaviour) {
        try (ScriptedSmtpServer peer = good().startTls(behaviour).start()) {
            assertThat(Desk.outcome(desk.deliver(parcel().by(peer)))).isInstanceOf(Delivered.class);
            assertThat(memory.broken).containsOnlyKeys(new TlsPeer("localhost", "127.0.0.1", peer.port()));

            DeliveryReport second = desk.deliver(parcel().by(peer));

            assertThat(second.hostsTried()).extracting(HostAttempt::result).containsExactly(Result.TOOK_MESSAGE);
            assertThat(second.hostsTried().getFirst().detail())
                    .contains("in plain text since the TLS of localhost[127.0.0.1]:" + peer.port() + " broke at "
                            + SINCE);
            assertThat(second.hostsTried().getFirst().hop().hop().tls().isTls()).isFalse();
            assertThat(peer.messages()).hasSize(2);
            assertThat(peer.sessions().stream()
                            .filter(session -> session.commands().contains("STARTTLS")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MANDATORY", "VERIFIED"})
    void neverCountsWhereTlsIsRequired(SecurityLevel level) {
        try (ScriptedSmtpServer peer =
                good().startTls(StartTlsBehaviour.GARBAGE).start()) {
            memory.broken.put(new TlsPeer("localhost", "127.0.0.1", peer.port()), SINCE);
            Parcel parcel = level == SecurityLevel.VERIFIED ? parcel().verified() : parcel().level(level);

            assertThat(Desk.outcome(desk.deliver(parcel.by(peer)))).isInstanceOf(TlsUnavailable.class);

            assertThat(memory.asked).isEmpty();
            TlsDeliveryTest.assertNoMail(peer);
            assertThat(peer.sessions().getFirst().commands()).contains("STARTTLS");
        }
    }

    /** Who asks for more than the host has must not take from others the TLS that they have with it. */
    @Test
    void isNotRememberedWhereOnlyMoreWasAskedFor() {
        try (ScriptedSmtpServer peer = good().tlsVersions("TLSv1.2").start()) {
            Delivered demanding = (Delivered)
                    Desk.outcome(desk.deliver(parcel().level(SecurityLevel.OPPORTUNISTIC, TlsVersion.TLSV1_3)
                            .by(peer)));
            assertThat(demanding.hop().hop().tls().isTls()).isFalse();
            assertThat(memory.broken).isEmpty();

            Delivered other = (Delivered) Desk.outcome(desk.deliver(parcel().by(peer)));
            assertThat(other.hop().hop().tls().protocol()).isEqualTo("TLSv1.2");
        }
    }

    @Test
    void isForgottenWhereTlsThatIsRequiredWorks() {
        try (ScriptedSmtpServer peer = good().start()) {
            TlsPeer localhost = new TlsPeer("localhost", "127.0.0.1", peer.port());
            memory.broken.put(localhost, SINCE);

            assertThat(Desk.outcome(
                            desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(peer))))
                    .isInstanceOf(Delivered.class);

            assertThat(memory.broken).doesNotContainKey(localhost);
            Delivered next = (Delivered) Desk.outcome(desk.deliver(parcel().by(peer)));
            assertThat(next.hop().hop().tls().isTls()).isTrue();
        }
    }

    @Test
    void isNotRememberedWhereThePlainTextFailsToo() {
        // The whole host is in trouble, which says nothing about its TLS.
        try (ScriptedSmtpServer peer = good().startTls(StartTlsBehaviour.CLOSED)
                .on(Step.MAIL, Reaction.close())
                .start()) {
            desk.deliver(parcel().by(peer));

            assertThat(memory.broken).isEmpty();
        }
    }

    @Test
    void isNotRememberedWhereStartTlsIsRefused() {
        // RFC 3207 §4: 454 is temporary, and costs no connection.
        try (ScriptedSmtpServer peer =
                good().startTls(StartTlsBehaviour.REFUSED).start()) {
            desk.deliver(parcel().by(peer));

            assertThat(memory.broken).isEmpty();
        }
    }

    @Test
    void isAboutOneAddressOfAHost() {
        try (ScriptedSmtpServer peer = good().start()) {
            memory.broken.put(new TlsPeer("localhost", "192.0.2.1", peer.port()), SINCE);
            memory.broken.put(new TlsPeer("other.example", "127.0.0.1", peer.port()), SINCE);

            Delivered delivered = (Delivered) Desk.outcome(desk.deliver(parcel().by(peer)));

            assertThat(delivered.hop().hop().tls().isTls()).isTrue();
        }
    }

    private static PeerSettings good() {
        return ScriptedSmtpServer.settings();
    }

    /** All in memory. */
    private static final class Memory implements BrokenTls {

        private final Map<TlsPeer, Instant> broken = new ConcurrentHashMap<>();
        private final List<TlsPeer> asked = new ArrayList<>();

        @Override
        public CompletionStage<Optional<Instant>> since(TlsPeer peer) {
            asked.add(peer);
            return CompletableFuture.completedFuture(Optional.ofNullable(broken.get(peer)));
        }

        @Override
        public CompletionStage<Void> remember(TlsPeer peer) {
            broken.put(peer, SINCE);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> forget(TlsPeer peer) {
            broken.remove(peer);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Uni<List<Broken>> latest(int count) {
            return Uni.createFrom().item(List.of());
        }
    }
}
