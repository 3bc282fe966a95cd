package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.dialogue.BytesContent;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.sekisho.testkit.peer.Step;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts side by side keep apart, and one that nobody waits for any more ends. */
class ManyDeliveriesTest {

    private static final int MANY = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFERED", "GARBAGE"})
    void deliversManyMessagesAtOnce(StartTlsBehaviour behaviour) {
        try (ScriptedSmtpServer peer =
                ScriptedSmtpServer.settings().startTls(behaviour).start()) {
            List<Uni<DeliveryReport>> deliveries = IntStream.range(0, MANY)
                    .mapToObj(i -> desk.courier().deliver(numbered(i).by(peer).build()))
                    .toList();

            List<DeliveryReport> reports =
                    Uni.join().all(deliveries).andFailFast().await().atMost(PATIENCE);

            assertThat(reports)
                    .allSatisfy(report -> assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class))
                    .allSatisfy(report -> assertThat(report.hostsTried())
                            .extracting(HostAttempt::result)
                            .endsWith(Result.TOOK_MESSAGE)
                            .hasSize(behaviour == StartTlsBehaviour.OFFERED ? 1 : 2));
            Set<String> texts = peer.messages().stream()
                    .map(ManyDeliveriesTest::pathAndText)
                    .collect(Collectors.toSet());
            assertThat(texts)
                    .isEqualTo(IntStream.range(0, MANY)
                            .mapToObj(i -> "r" + i + "@partner.example " + text(i))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void closesTheConnectionOfACancelledAttempt() {
        try (ScriptedSmtpServer silent =
                ScriptedSmtpServer.settings().on(Step.MAIL, Reaction.silence()).start()) {
            AtomicReference<Object> heard = new AtomicReference<>();
            Cancellable delivery = desk.courier()
                    .deliver(parcel().by(silent).build())
                    .subscribe()
                    .with(heard::set, heard::set);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> silent.sessions().stream()
                            .anyMatch(
                                    session -> session.commands().stream().anyMatch(line -> line.startsWith("MAIL"))));

            delivery.cancel();

            silent.awaitEndedSessions(1, PATIENCE);
            assertThat(heard.get()).isNull();
        }
    }

    private static Parcel numbered(int i) {
        return parcel().to("r" + i + "@partner.example")
                .content(new BytesContent(text(i).getBytes(StandardCharsets.US_ASCII), 1 + i));
    }

    private static String text(int i) {
        return "Subject: number " + i + "\r\n\r\n" + ".line\r\n".repeat(i);
    }

    private static String pathAndText(RecordedMessage message) {
        return message.forwardPaths().getFirst() + " " + message.text();
    }
}
