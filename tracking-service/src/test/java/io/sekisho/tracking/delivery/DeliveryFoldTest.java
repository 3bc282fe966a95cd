package io.sekisho.tracking.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.Collections2;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.SampleMail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryFoldTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyPermutationGivesTheSameRow(long seed) {
        List<MailEvent> events = new RandomEvents(seed).about(SampleMail.inbound(), 6);
        Delivery row = fold(events);
        assertThat(Collections2.permutations(events))
                .hasSize(720)
                .allSatisfy(permutation -> assertThat(fold(permutation)).isEqualTo(row));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyRepetitionInAnyOrderGivesTheSameRow(long seed) {
        Random random = new Random(seed);
        List<MailEvent> events = new RandomEvents(seed).about(SampleMail.inbound(), 12);
        Delivery row = fold(events);
        for (int i = 0; i < 200; i++) {
            List<MailEvent> repeated = new ArrayList<>(events);
            for (int n = random.nextInt(20); n > 0; n--) {
                repeated.add(events.get(random.nextInt(events.size())));
            }
            Collections.shuffle(repeated, random);
            assertThat(fold(repeated)).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void everyDivisionIntoBatchesGivesTheSameRow(long seed) {
        List<MailEvent> events = new RandomEvents(seed).about(SampleMail.inbound(), 10);
        Delivery row = fold(events);
        for (int cut = 1; cut < events.size(); cut++) {
            Delivery first = fold(events.subList(0, cut));
            Delivery second = fold(events.subList(cut, events.size()));
            assertThat(first.join(second)).isEqualTo(row).isEqualTo(second.join(first));
        }
    }

    @Test
    void collectsTheDomainsThatAnyEventNames() {
        DomainName a = SampleMail.newDomain();
        DomainName b = SampleMail.newDomain();
        SampleMail mail = SampleMail.inbound();
        Delivery row = fold(List.of(mail.domains(a).queued(), mail.domains(b, a).delivered("TLSv1.3")));
        assertThat(row.domains()).containsExactlyInAnyOrder(a, b);
    }

    @Test
    void knowsTheSubjectFromTheEventThatKnowsMost() {
        SampleMail mail = SampleMail.inbound();
        Delivery row = fold(List.of(mail.delivered("NONE"), mail.beforeContent().received()));
        assertThat(row.reception().subject()).contains("Greetings");
        assertThat(row.reception().size()).isEqualTo(1_234);
    }

    @Test
    void joinsNoRowsOfTwoDeliveries() {
        SampleMail mail = SampleMail.inbound();
        Delivery one = fold(List.of(mail.queued()));
        Delivery other = fold(List.of(mail.recipient("carol@" + mail.domain()).queued()));
        assertThatThrownBy(() -> one.join(other)).isInstanceOf(IllegalArgumentException.class);
    }

    static Delivery fold(List<MailEvent> events) {
        return events.stream()
                .map(event -> Delivery.of(event, event.message().orElseThrow()))
                .reduce(Delivery::join)
                .orElseThrow();
    }
}
