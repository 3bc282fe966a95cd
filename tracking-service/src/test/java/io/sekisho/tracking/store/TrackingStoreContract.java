package io.sekisho.tracking.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.tracking.SampleMail;
import io.sekisho.tracking.TrackingTest;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.RandomEvents;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.sekisho.tracking.search.Reach;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link TrackingStore} does. */
abstract class TrackingStoreContract extends TrackingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    abstract TrackingStore store();

    @Test
    void storesAnEventOnce() {
        SampleMail mail = SampleMail.inbound();
        assertThat(stored(mail.queued())).isEqualTo(new StoredCount(1, 0));
        assertThat(stored(mail.queued(), mail.delivered("NONE"))).isEqualTo(new StoredCount(1, 1));
        assertThat(stored(mail.delivered("NONE"), mail.delivered("NONE"))).isEqualTo(new StoredCount(0, 2));
        assertThat(only(mail).outcome().status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(history(mail, Reach.EVERYTHING).orElseThrow().events()).hasSize(2);
    }

    @Test
    void countsARepetitionInsideABatch() {
        SampleMail mail = SampleMail.inbound();
        assertThat(stored(mail.queued(), mail.queued())).isEqualTo(new StoredCount(1, 1));
    }

    @Test
    void storesNothingOfNothing() {
        assertThat(stored()).isEqualTo(new StoredCount(0, 0));
    }

    @Test
    void keepsTheFirstTellingOfAnEventInRowAndHistoryAlike() {
        SampleMail mail = SampleMail.inbound();
        MailEvent first = mail.delivered("TLSv1.2");
        MailEvent second = MailEvent.of(EventKind.DELIVERED, first.at().plusSeconds(9), mail.facts(), 1)
                .withHop(SampleMail.hop("other.example", SampleMail.tls("TLSv1.3")));
        assertThat(second.id()).isEqualTo(first.id());
        stored(first);
        assertThat(stored(second)).isEqualTo(new StoredCount(0, 1));
        assertThat(only(mail).transfer().orElseThrow().tls()).isEqualTo("TLSv1.2");
        assertThat(history(mail, Reach.EVERYTHING).orElseThrow().events()).containsExactly(first);
    }

    @Test
    void givesTheSameRowForEveryOrderOfItsEvents() {
        List<MailEvent> events = new RandomEvents(7).about(SampleMail.inbound(), 12);
        Random random = new Random(7);
        List<Delivery> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SampleMail mail =
                    SampleMail.inbound(events.get(0).message().orElseThrow().receivedAt(), SampleMail.newDomain());
            List<MailEvent> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            for (MailEvent event : shuffled) {
                stored(about(mail, event));
            }
            rows.add(only(mail));
        }
        assertThat(rows).extracting(Delivery::outcome).containsOnly(rows.get(0).outcome());
        assertThat(rows).extracting(Delivery::transfer).containsOnly(rows.get(0).transfer());
        assertThat(rows).extracting(Delivery::attempts).containsOnly(rows.get(0).attempts());
    }

    @Test
    void listsNewestFirst() {
        DomainName domain = SampleMail.newDomain();
        Instant now = SampleMail.now();
        SampleMail oldest = SampleMail.inbound(now.minus(Duration.ofDays(40)), domain);
        SampleMail newest = SampleMail.inbound(now, domain);
        SampleMail middle = SampleMail.inbound(now.minusSeconds(5), domain);
        stored(middle.queued(), oldest.queued(), newest.queued());
        assertThat(list(FilterBuilder.domain(domain), Reach.EVERYTHING, 10))
                .extracting(Delivery::messageId)
                .containsExactly(newest.id(), middle.id(), oldest.id());
    }

    @Test
    void neitherRepeatsNorSkipsARowWhilePagesAreRead() {
        DomainName domain = SampleMail.newDomain();
        Instant now = SampleMail.now();
        List<UUID> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            // Three of each millisecond, over many days.
            SampleMail mail = SampleMail.inbound(now.minus(Duration.ofDays(i / 3 * 7L)), domain);
            stored(mail.queued());
            expected.add(mail.id());
        }
        List<UUID> read = new ArrayList<>();
        Optional<Place> place = Optional.empty();
        do {
            List<Delivery> page = list(FilterBuilder.domain(domain), Reach.EVERYTHING, place, 7);
            page.forEach(row -> read.add(row.messageId()));
            place = page.isEmpty() ? Optional.empty() : Optional.of(Place.of(page.get(page.size() - 1)));
            SampleMail newer = SampleMail.inbound(now.plusSeconds(1), domain);
            stored(newer.queued());
        } while (place.isPresent());
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void showsARowOfTwoDomainsToBothAndOnce() {
        DomainName a = SampleMail.newDomain();
        DomainName b = SampleMail.newDomain();
        SampleMail mail = SampleMail.inbound().domains(a, b);
        stored(mail.queued());
        assertThat(list(FilterBuilder.none(), Reach.of(a), 10)).hasSize(1);
        assertThat(list(FilterBuilder.none(), Reach.of(b), 10)).hasSize(1);
        assertThat(list(FilterBuilder.none(), Reach.of(a, b), 10)).hasSize(1);
        assertThat(list(FilterBuilder.domain(a), Reach.of(b), 10)).isEmpty();
        assertThat(list(FilterBuilder.none(), Reach.of(), 10)).isEmpty();
    }

    @Test
    void showsMailOfNoDomainToThoseWhoSeeEverything() {
        SampleMail mail = SampleMail.inbound().domains().sender("open-relay-" + UUID.randomUUID() + "@spam.example");
        stored(mail.event(EventKind.REJECTED, 0, 0));
        FilterBuilder filter = new FilterBuilder();
        filter.sender = Optional.of(new Glob(mail.facts().sender()));
        assertThat(list(filter.build(), Reach.EVERYTHING, 10)).hasSize(1);
        assertThat(list(filter.build(), Reach.of(SampleMail.newDomain()), 10)).isEmpty();
    }

    @Test
    void tellsOfAMessageOnlyWhatIsWithinReach() {
        DomainName a = SampleMail.newDomain();
        DomainName b = SampleMail.newDomain();
        SampleMail toA = SampleMail.inbound(SampleMail.now(), a);
        SampleMail toB = toA.domains(b).recipient("carol@" + b);
        stored(toA.queued(), toB.queued(), toA.delivered("NONE"), toB.event(EventKind.DEFERRED, 1, 3));
        MessageHistory all = history(toA, Reach.EVERYTHING).orElseThrow();
        assertThat(all.deliveries()).extracting(Delivery::recipient).hasSize(2).isSorted();
        assertThat(all.events()).hasSize(4);
        assertThat(all.complete()).isTrue();
        MessageHistory ofB = history(toA, Reach.of(b)).orElseThrow();
        assertThat(ofB.deliveries()).extracting(Delivery::recipient).containsExactly("carol@" + b);
        assertThat(ofB.events()).extracting(MailEvent::kind).containsExactly(EventKind.QUEUED, EventKind.DEFERRED);
        assertThat(history(toA, Reach.of(SampleMail.newDomain()))).isEmpty();
    }

    @Test
    void tellsOfOneRecipientWhereAsked() {
        SampleMail mail = SampleMail.inbound();
        stored(mail.queued(), mail.recipient("carol@" + mail.domain()).queued());
        assertThat(get(store().message(mail.id(), Reach.EVERYTHING, Optional.of(new Glob("CAROL@*"))))
                        .orElseThrow()
                        .deliveries())
                .extracting(Delivery::recipient)
                .containsExactly("carol@" + mail.domain());
    }

    @Test
    void findsAMessageWhoseIdTellsNoTime() {
        SampleMail mail = SampleMail.inbound(SampleMail.now().minus(Duration.ofDays(50)), SampleMail.newDomain());
        MessageFacts facts = mail.facts();
        SampleMail report = new SampleMail(new MessageFacts(
                MessageIds.derived("report", facts.id().toString()),
                facts.receivedAt(),
                facts.direction(),
                facts.managedDomains(),
                "",
                facts.recipient(),
                facts.subject(),
                facts.messageId(),
                facts.size(),
                facts.upstream()));
        stored(report.queued());
        assertThat(history(report, Reach.EVERYTHING)).isPresent();
    }

    @Test
    void knowsNoMessageThatNobodyTold() {
        assertThat(get(store().message(MessageIds.at(Instant.now()), Reach.EVERYTHING, Optional.empty())))
                .isEmpty();
        assertThat(get(store().message(UUID.randomUUID(), Reach.EVERYTHING, Optional.empty())))
                .isEmpty();
    }

    @Test
    void keepsTextsThatWereNotMadeForDatabases() {
        SampleMail mail = SampleMail.inbound().subject("nul \0 \"quote\" \\u0000 \uD83D 'x' 😀");
        stored(mail.queued());
        assertThat(only(mail).reception().subject()).contains("nul \uFFFD \"quote\" \\u0000 \uFFFD 'x' 😀");
    }

    @Test
    void takesEventsAboutConnections() {
        MailEvent failed = MailEvent.ofConnection(UUID.randomUUID(), EventKind.HANDSHAKE_FAILED, SampleMail.now())
                .withHop(SampleMail.hop("192.0.2.25", SampleMail.tls("NONE")))
                .withDetail("no shared cipher");
        assertThat(stored(failed)).isEqualTo(new StoredCount(1, 0));
        assertThat(stored(failed)).isEqualTo(new StoredCount(0, 1));
    }

    final StoredCount stored(MailEvent... events) {
        return get(store().store(SampleMail.tracked(events)));
    }

    final Delivery only(SampleMail mail) {
        List<Delivery> rows = list(FilterBuilder.domain(mail.domain()), Reach.EVERYTHING, 10);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    final List<Delivery> list(MessageFilter filter, Reach reach, int atMost) {
        return list(filter, reach, Optional.empty(), atMost);
    }

    final List<Delivery> list(MessageFilter filter, Reach reach, Optional<Place> behind, int atMost) {
        return get(store().newestFirst(filter, reach, behind, atMost));
    }

    private Optional<MessageHistory> history(SampleMail mail, Reach reach) {
        return get(store().message(mail.id(), reach, Optional.empty()));
    }

    /** The same that happened, but to another mail. */
    private static MailEvent about(SampleMail mail, MailEvent event) {
        return new MailEvent(
                MessageIds.derived(mail.id().toString(), event.id().toString()),
                event.kind(),
                event.at(),
                Optional.of(mail.facts()),
                event.attempt(),
                event.hop(),
                event.policy(),
                event.reply(),
                event.blockReason(),
                event.failure(),
                event.detail(),
                event.due(),
                event.reportId(),
                event.ledgerAbsent());
    }

    static <T> T get(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
