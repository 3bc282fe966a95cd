package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.ContentLost;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.dialogue.BytesContent;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.outside.OutsideProgram;
import io.sekisho.testkit.outside.RunningProgram;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a message: unchanged, bounded in memory, and never taken for whole where they are not. */
class ContentDeliveryTest {

    private static final int FIFTY_MB = 50 * 1000 * 1000;

    private final Desk desk = new Desk();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 4096, 32 * 1024 - 1, 512 * 1024})
    void carriesHostileBytesUnchangedHoweverTheyAreCut(int partOctets) {
        byte[] hostile = HostileContent.bytes(20260713, partOctets < 10 ? 2_000 : 300_000);
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            RecipientOutcome outcome = Desk.outcome(desk.deliver(
                    parcel().content(new BytesContent(hostile, partOctets)).by(peer)));

            assertThat(outcome).isInstanceOf(Delivered.class);
            assertThat(peer.messages().getFirst().bytes()).isEqualTo(hostile);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "MANDATORY"})
    void carriesFiftyMegabytesUnchanged(SecurityLevel level) {
        HostileContent content = new HostileContent(FIFTY_MB);
        try (ScriptedSmtpServer peer =
                ScriptedSmtpServer.settings().keepMessagesIn(directory).start()) {
            RecipientOutcome outcome = Desk.outcome(
                    desk.deliver(parcel().level(level).content(content).by(peer)));

            assertThat(outcome).isInstanceOf(Delivered.class);
            assertThat(peer.messages().getFirst().octets()).isEqualTo(FIFTY_MB);
            assertThat(peer.messages().getFirst().sha256()).isEqualTo(content.sha256());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "MANDATORY"})
    void readsNoFasterThanTheHostTakes(SecurityLevel level) {
        desk.impatient(Duration.ofSeconds(5));
        HostileContent content = new HostileContent(FIFTY_MB);
        try (ScriptedSmtpServer stalled = ScriptedSmtpServer.settings()
                .on(Step.CONTENT, Reaction.later(Duration.ofSeconds(30), Reaction.close()))
                .start()) {
            Deferred deferred = (Deferred) Desk.outcome(
                    desk.deliver(parcel().level(level).content(content).by(stalled)));

            assertThat(deferred.detail()).contains("the host taking the content did not come within 5 s");
            // What the two kernels buffer, and two parts.
            assertThat(content.partsRead()).isLessThan(content.parts() / 2);
        }
    }

    @Test
    void reachesPostfixsSinkUnchanged() throws IOException {
        OutsideProgram sink = OutsideClients.assumeInstalled("smtp-sink");
        int port = freePort();
        HostileContent content = new HostileContent(FIFTY_MB);
        Path dump = Files.createDirectory(directory.resolve("sink"));
        try (RunningProgram running =
                sink.start("-u", System.getProperty("user.name"), "-d", dump + "/%M.", "127.0.0.1:" + port, "10")) {
            Parcel parcel = parcel().content(content).by(new Route.StaticRoute("127.0.0.1", port));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Desk.outcome(desk.deliver(parcel)))
                            .as(running::output)
                            .isInstanceOf(Delivered.class));
        }

        try (Stream<Path> files = Files.list(dump)) {
            byte[] dumped = Files.readAllBytes(files.findFirst().orElseThrow());
            // The sink writes LF for CRLF, lines of its own before the message and an empty one behind it.
            byte[] expected = (new String(content.all(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n") + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            int start = dumped.length - expected.length;
            assertThat(Arrays.mismatch(dumped, start, dumped.length, expected, 0, expected.length))
                    .as("the first octet that differs")
                    .isEqualTo(-1);
        }
    }

    @Test
    void endsNoMessageWhosePartIsLost() {
        assertNotDelivered(
                new BrokenContent(Uni.createFrom().failure(new ContentUnavailable("chunk 1 has another SHA-256"))),
                outcome -> assertThat(outcome).isEqualTo(new ContentLost("chunk 1 has another SHA-256")));
    }

    @Test
    void defersWherePartsCannotBeReadNow() {
        assertNotDelivered(
                new BrokenContent(Uni.createFrom().failure(new IOException("broker away"))),
                outcome -> assertThat(outcome).isInstanceOfSatisfying(Deferred.class, deferred -> {
                    assertThat(deferred.cause()).isInstanceOf(DeferralCause.ContentUnreadable.class);
                    assertThat(deferred.detail()).contains("broker away");
                }));
    }

    @Test
    void defersWherePartsDoNotCome() {
        desk.impatient(Duration.ofSeconds(5));
        assertNotDelivered(
                new BrokenContent(Uni.createFrom().nothing()),
                outcome ->
                        assertThat(((Deferred) outcome).cause()).isInstanceOf(DeferralCause.ContentUnreadable.class));
    }

    @Test
    void endsNoMessageThatCameOutShorterOrLonger() {
        assertNotDelivered(
                new BrokenContent(Uni.createFrom().item(Buffer.buffer("short\r\n"))),
                outcome -> assertThat(((ContentLost) outcome).detail()).contains("octets"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare\nLF\r\n", "bare\rCR\r\n", "smuggled\r\n.\n\r\n", "at the end\r", "\n.\n"})
    void endsNoMessageWithABareCrOrLf(String text) {
        assertNotDelivered(
                BytesContent.of(text),
                outcome -> assertThat(((ContentLost) outcome).detail()).contains("BARE"));
    }

    private void assertNotDelivered(MessageContent content, Consumer<RecipientOutcome> expected) {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start();
                ScriptedSmtpServer next = ScriptedSmtpServer.settings().start()) {
            expected.accept(Desk.outcome(desk.deliver(parcel().content(content).by(peer, next))));

            peer.awaitEndedSessions(1, Duration.ofSeconds(60));
            assertThat(peer.messages()).isEmpty();
            assertThat(next.sessions()).isEmpty();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Two parts, the second as given. */
    private record BrokenContent(Uni<Buffer> second) implements MessageContent {
        @Override
        public long size() {
            return 1_000;
        }

        @Override
        public int parts() {
            return 2;
        }

        @Override
        public Uni<Buffer> part(int index) {
            return index == 0 ? Uni.createFrom().item(Buffer.buffer("Subject: broken\r\n\r\n")) : second;
        }
    }
}
