package io.sekisho.tracking.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.SampleMail;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTest {
    private final SampleMail mail = SampleMail.inbound();

    @Test
    void buildsTheWholeRowOfTheDeliveryAlone() {
        Delivery row = DeliveryFoldTest.fold(List.of(mail.delivered("TLSv1.2")));
        assertThat(row.transfer().orElseThrow().tls()).isEqualTo("TLSv1.2");
        assertThat(row.transfer().orElseThrow().place()).isEqualTo("mx." + mail.domain() + "[192.0.2.25]:25");
        assertThat(row.reception().tls()).isEqualTo("TLSv1.3");
        assertThat(row.reception().sender()).isEqualTo("alice@partner.example");
        assertThat(row.recipient()).isEqualTo("bob@" + mail.domain());
        assertThat(row.receivedAt()).isEqualTo(mail.facts().receivedAt());
        assertThat(row.attempts()).isEqualTo(1);
    }

    @Test
    void hasNoneWhereNoHostWasTried() {
        assertThat(DeliveryFoldTest.fold(List.of(mail.received(), mail.queued()))
                        .transfer())
                .isEmpty();
    }

    @Test
    void takesTheClientForNoNextHost() {
        MailEvent refused =
                mail.event(EventKind.REJECTED, 0, 0).withHop(SampleMail.hop("client", SampleMail.tls("TLSv1.3")));
        assertThat(DeliveryFoldTest.fold(List.of(refused)).transfer()).isEmpty();
    }

    @Test
    void showsTheLatestAttemptWhileThereIsNoDelivery() {
        Delivery row = DeliveryFoldTest.fold(List.of(
                attempt(EventKind.DEFERRED, 2, "later", "NONE"), attempt(EventKind.ATTEMPTED, 1, "first", "TLSv1.3")));
        assertThat(row.transfer().orElseThrow().host()).isEqualTo("later");
    }

    @Test
    void showsTheHostThatTheEndOfAnAttemptNames() {
        Delivery row = DeliveryFoldTest.fold(List.of(
                attempt(EventKind.BOUNCED, 1, "decided", "NONE"), attempt(EventKind.ATTEMPTED, 1, "tried", "TLSv1.3")));
        assertThat(row.transfer().orElseThrow().host()).isEqualTo("decided");
    }

    @Test
    void showsTheDeliveryWhateverElseWasTried() {
        Delivery row = DeliveryFoldTest.fold(List.of(
                attempt(EventKind.DELIVERED, 1, "taken", "TLSv1.3"), attempt(EventKind.DEFERRED, 2, "double", "NONE")));
        assertThat(row.transfer().orElseThrow().host()).isEqualTo("taken");
        assertThat(row.transfer().orElseThrow().isDelivery()).isTrue();
    }

    private MailEvent attempt(EventKind kind, int attempt, String host, String tls) {
        return mail.event(kind, attempt, attempt).withHop(SampleMail.hop(host, SampleMail.tls(tls)));
    }
}
