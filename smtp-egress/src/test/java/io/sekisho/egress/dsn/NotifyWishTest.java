package io.sekisho.egress.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.TestMail;
import io.sekisho.mail.envelope.Recipient;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyWishTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, true, true, false",
                "NEVER, false, false, false",
                "FAILURE, true, false, false",
                "DELAY, false, true, false",
                "'FAILURE,DELAY', true, true, false",
                "'SUCCESS', false, false, true",
                "'SUCCESS,DELAY', false, true, true",
                "'SUCCESS,FAILURE,DELAY', true, true, true",
                "'success,failure', true, false, true",
            })
    void followsNotify(String notify, boolean failure, boolean delay, boolean success) {
        Recipient to = recipient(Optional.ofNullable(notify));
        var envelope = TestMail.mail().to(to).envelope();
        assertThat(NotifyWish.wants(Action.FAILED, envelope, to)).isEqualTo(failure);
        assertThat(NotifyWish.wants(Action.DELAYED, envelope, to)).isEqualTo(delay);
        assertThat(NotifyWish.wants(Action.RELAYED, envelope, to)).isEqualTo(success);
    }

    @Test
    void neverAnswersTheNullSender() {
        Recipient to = recipient(Optional.of("SUCCESS,FAILURE,DELAY"));
        var envelope = TestMail.mail().from("").to(to).envelope();
        assertThat(NotifyWish.wants(Action.FAILED, envelope, to)).isFalse();
        assertThat(NotifyWish.wants(Action.DELAYED, envelope, to)).isFalse();
        assertThat(NotifyWish.wants(Action.RELAYED, envelope, to)).isFalse();
    }

    private static Recipient recipient(Optional<String> notify) {
        Recipient plain = TestMail.outbound("bob@partner.example");
        return new Recipient(
                plain.forwardPath(),
                plain.domain(),
                plain.direction(),
                plain.authorisedFor(),
                notify,
                Optional.empty());
    }
}
