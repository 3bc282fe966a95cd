package io.sekisho.systemtests.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A number and a seed make a message; different ones make different ones. */
class NumberedMailTest {

    @Test
    void isTheSameForTheSameSeedAndNumber() {
        assertThat(NumberedMail.of(1, 50).content())
                .isEqualTo(NumberedMail.of(1, 50).content());
    }

    @Test
    void differsByNumberAndBySeed() {
        Set<String> digests = new HashSet<>();
        for (int number = 1; number <= 100; number++) {
            digests.add(NumberedMail.of(1, number).sha256());
            digests.add(NumberedMail.of(2, number).sha256());
        }
        assertThat(digests).hasSize(200);
    }

    @Test
    void holdsWhatIsHardToCarry() {
        StringBuilder all = new StringBuilder();
        int largest = 0;
        EnumSet<Destination> destinations = EnumSet.noneOf(Destination.class);
        for (int number = 1; number <= 100; number++) {
            NumberedMail mail = NumberedMail.of(1, number);
            all.append(new String(mail.content(), StandardCharsets.ISO_8859_1));
            largest = Math.max(largest, mail.content().length);
            destinations.add(mail.destination());
        }
        assertThat(all).contains("\r\n.").containsPattern("[\\u00a1-\\u00fe]");
        assertThat(all.toString().replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(largest).as("beyond what goes into one record").isGreaterThan(256 * 1024);
        assertThat(destinations).containsExactlyInAnyOrder(Destination.values());
    }

    @Test
    void knowsWhatEachDestinationRequires() {
        assertThat(Destination.TLS13.isSatisfiedBy(Optional.of("TLSv1.3"))).isTrue();
        assertThat(Destination.TLS13.isSatisfiedBy(Optional.of("TLSv1.2"))).isFalse();
        assertThat(Destination.TLS12.isSatisfiedBy(Optional.of("TLSv1.2"))).isTrue();
        assertThat(Destination.TLS12.isSatisfiedBy(Optional.of("TLSv1.1"))).isFalse();
        assertThat(Destination.TLS12.isSatisfiedBy(Optional.empty())).isFalse();
        assertThat(Destination.EITHER.isSatisfiedBy(Optional.empty())).isTrue();
    }
}
