package io.sekisho.egress.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.tls.TlsFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeBookTest {

    private static final JudgedHop HOP = new JudgedHop(
            new Hop("mx", Optional.empty(), 25, TlsFacts.NONE, Authentication.NONE, Optional.empty()),
            Optional.empty());

    private static final RecipientOutcome REPLIED = new Deferred(
            "4.2.0",
            Optional.of(new ReplyFacts(450, Optional.of("4.2.0"), "later")),
            Optional.of(HOP),
            "said later",
            new DeferralCause.Replied());
    private static final RecipientOutcome UNREACHABLE =
            Deferred.withoutHost("4.4.1", "refused", new DeferralCause.HostUnreachable());
    private static final RecipientOutcome DNS_FAILED =
            Deferred.withoutHost("4.4.3", "SERVFAIL", new DeferralCause.DnsFailed());
    private static final RecipientOutcome INCAPABLE =
            new Failed("5.6.3", Optional.empty(), Optional.of(HOP), "no 8BITMIME");
    private static final RecipientOutcome GREETED_554 = new Failed(
            "5.7.1", Optional.of(new ReplyFacts(554, Optional.of("5.7.1"), "go away")), Optional.of(HOP), "go away");
    private static final TlsUnavailable NOT_OFFERED =
            new TlsUnavailable(BlockReason.TLS_NOT_AVAILABLE, "4.7.4", TlsStep.OFFER, "not offered by a", HOP);
    private static final TlsUnavailable EXPIRED =
            new TlsUnavailable(BlockReason.CERTIFICATE_INVALID, "4.7.5", TlsStep.CERTIFICATE, "expired at b", HOP);

    @Test
    void isTlsUnavailableWhereAllHostsFailedSo() {
        TlsUnavailable verdict = (TlsUnavailable) verdict(List.of(NOT_OFFERED), List.of(EXPIRED));

        assertThat(verdict.reason()).isEqualTo(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(verdict.step()).isEqualTo(TlsStep.OFFER);
        assertThat(verdict.detail()).isEqualTo("not offered by a; expired at b");
    }

    @Test
    void isDeferredWhereAnyHostFailedInAWayThatMayHeal() {
        for (RecipientOutcome transientOutcome : List.of(REPLIED, UNREACHABLE, DNS_FAILED)) {
            assertThat(verdict(List.of(NOT_OFFERED), List.of(transientOutcome))).isEqualTo(transientOutcome);
            assertThat(verdict(List.of(transientOutcome), List.of(NOT_OFFERED))).isEqualTo(transientOutcome);
            assertThat(verdict(List.of(INCAPABLE), List.of(transientOutcome))).isEqualTo(transientOutcome);
        }
    }

    @Test
    void isTlsUnavailableWhereTheOtherHostsCanNeverTakeTheMessage() {
        assertThat(verdict(List.of(INCAPABLE), List.of(EXPIRED), List.of(GREETED_554)))
                .isEqualTo(EXPIRED);
    }

    @Test
    void isFailedWhereNoHostCanEverTakeTheMessage() {
        assertThat(verdict(List.of(INCAPABLE), List.of(INCAPABLE))).isEqualTo(INCAPABLE);
    }

    @Test
    void tellsOfAReplyBeforeSilence() {
        assertThat(verdict(List.of(UNREACHABLE), List.of(DNS_FAILED), List.of(REPLIED)))
                .isEqualTo(REPLIED);
        assertThat(verdict(List.of(INCAPABLE), List.of(GREETED_554))).isEqualTo(GREETED_554);
    }

    @Test
    void letsTheAddressesThatAnsweredSpeakForTheirHost() {
        assertThat(verdict(List.of(NOT_OFFERED, UNREACHABLE))).isEqualTo(NOT_OFFERED);
        assertThat(verdict(List.of(UNREACHABLE, INCAPABLE))).isEqualTo(INCAPABLE);
        assertThat(verdict(List.of(NOT_OFFERED, REPLIED))).isEqualTo(REPLIED);
        assertThat(verdict(List.of(UNREACHABLE, UNREACHABLE))).isEqualTo(UNREACHABLE);
    }

    @SafeVarargs
    private static RecipientOutcome verdict(List<? extends RecipientOutcome>... hosts) {
        List<List<RecipientOutcome>> byHost = new ArrayList<>();
        for (List<? extends RecipientOutcome> addresses : hosts) {
            byHost.add(List.copyOf(addresses));
        }
        return OutcomeBook.verdict(byHost);
    }
}
