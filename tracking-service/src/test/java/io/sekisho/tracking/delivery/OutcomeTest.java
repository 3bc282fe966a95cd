package io.sekisho.tracking.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.SampleMail;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    private final SampleMail mail = SampleMail.inbound();

    /** Each event is {@code KIND:attempt}; a later one in the list is a second later. */
    @ParameterizedTest
    @CsvSource({
        "QUEUED, RECEIVED:0",
        "QUEUED, RECEIVED:0 QUEUED:0",
        "QUEUED, QUEUED:0 ATTEMPTED:1",
        "QUEUED, DELAYED:3",
        "QUEUED, DSN_SENT:3",
        "REJECTED, REJECTED:0",
        "REJECTED, RECEIVED:0 REJECTED:0",
        "QUEUED, QUEUED:0 REJECTED:0",
        "DEFERRED, QUEUED:0 DEFERRED:1",
        "DEFERRED, DEFERRED:1 QUEUED:0",
        "DEFERRED, DEFERRED:1 DELAYED:1",
        "DEFERRED, REJECTED:0 DEFERRED:1",
        "DELIVERED, DELIVERED:1",
        "DELIVERED, DELIVERED:2 DEFERRED:1",
        "DELIVERED, DELIVERED:1 DEFERRED:2",
        "DELIVERED, DELIVERED:1 BOUNCED:2",
        "DELIVERED, CANCELLED:1 DELIVERED:1",
        "BOUNCED, DEFERRED:1 BOUNCED:1 DSN_SENT:1",
        "BOUNCED, BOUNCED:2 DEFERRED:1",
        "EXPIRED, EXPIRED:9 DEFERRED:9",
        "CANCELLED, CANCELLED:1 DEFERRED:1",
        "QUARANTINED, QUARANTINED:1 DEFERRED:1",
        "DEFERRED, QUARANTINED:1 DEFERRED:2",
        "BOUNCED, QUARANTINED:1 BOUNCED:1",
    })
    void hasTheStatusOf(DeliveryStatus status, String events) {
        assertThat(row(events).outcome().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED, , ACCEPTED",
        "DEFERRED, , ACCEPTED",
        "DEFERRED, TLS_NOT_AVAILABLE, ACCEPTED",
        "DELIVERED, , ACCEPTED",
        "BOUNCED, , ACCEPTED",
        "BOUNCED, TLS_NOT_AVAILABLE, BLOCKED",
        "BOUNCED, TLS_VERSION_TOO_LOW, BLOCKED",
        "BOUNCED, CERTIFICATE_INVALID, BLOCKED",
        "BOUNCED, DANE_FAILED, BLOCKED",
        "BOUNCED, MTA_STS_FAILED, BLOCKED",
        "EXPIRED, , ACCEPTED",
        "EXPIRED, TLS_NOT_AVAILABLE, BLOCKED",
        "REJECTED, TLS_NOT_AVAILABLE, BLOCKED",
        "REJECTED, RELAYING_DENIED, BLOCKED",
        "REJECTED, MESSAGE_TOO_LARGE, BLOCKED",
        "REJECTED, SENDER_REFUSED, BLOCKED",
        "REJECTED, , BLOCKED",
        "CANCELLED, , ACCEPTED",
        "QUARANTINED, , ACCEPTED",
    })
    void standsUnderTheTraffic(EventKind kind, BlockReason reason, Traffic traffic) {
        MailEvent event = mail.event(kind, 1, 1);
        Delivery row = DeliveryFoldTest.fold(List.of(reason == null ? event : event.withBlockReason(reason)));
        assertThat(row.outcome().traffic()).isEqualTo(traffic);
        if (traffic == Traffic.BLOCKED && reason != null) {
            assertThat(row.outcome().blockReason()).contains(reason);
        } else {
            assertThat(row.outcome().blockReason()).isEmpty();
        }
    }

    @Test
    void takesTheReasonOfTheEventThatSetTheStatus() {
        Delivery row = DeliveryFoldTest.fold(List.of(
                mail.event(EventKind.DEFERRED, 1, 1).withBlockReason(BlockReason.TLS_NOT_AVAILABLE),
                mail.event(EventKind.BOUNCED, 2, 2)));
        assertThat(row.outcome().traffic()).isEqualTo(Traffic.ACCEPTED);
        assertThat(row.outcome().blockReason()).isEmpty();
    }

    private Delivery row(String events) {
        List<String> words = Splitter.on(' ').splitToList(events);
        return DeliveryFoldTest.fold(IntStream.range(0, words.size())
                .mapToObj(i -> {
                    List<String> parts = Splitter.on(':').splitToList(words.get(i));
                    return mail.event(EventKind.valueOf(parts.get(0)), Integer.parseInt(parts.get(1)), i);
                })
                .toList());
    }
}
