package io.sekisho.tracking.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.policy.Direction;
import io.sekisho.tracking.SampleMail;
import io.sekisho.tracking.TrackingTest;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.RandomEvents;
import io.sekisho.tracking.delivery.Traffic;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.sekisho.tracking.search.Reach;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL of every filter, alone and with others, answers as the plain store does. */
@QuarkusTest
class SearchAgreementTest extends TrackingTest {
    private static final int QUESTIONS = 150;
    private static final List<String> TLS = List.of("NONE", "TLSv1.2", "TLSv1.3");

    @Inject
    PgTrackingStore store;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void answersEveryQuestionAsThePlainStoreDoes(long seed) {
        Random random = new Random(seed);
        List<DomainName> domains = List.of(SampleMail.newDomain(), SampleMail.newDomain(), SampleMail.newDomain());
        Instant now = SampleMail.now();
        MapTrackingStore model = new MapTrackingStore();
        for (int i = 0; i < 120; i++) {
            List<TrackedEvent> events = new RandomEvents(random.nextLong())
                    .about(mail(random, domains, now), 1 + random.nextInt(4)).stream()
                            .map(SampleMail::tracked)
                            .toList();
            TrackingStoreContract.get(model.store(events));
            TrackingStoreContract.get(store.store(events));
        }
        int answers = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            MessageFilter filter = filter(random, domains, now);
            // Never everything: other tests have mail in the same database.
            Reach reach = reach(random, domains);
            int limit = 1 + random.nextInt(30);
            List<Delivery> expected =
                    TrackingStoreContract.get(model.newestFirst(filter, reach, Optional.empty(), limit));
            assertThat(TrackingStoreContract.get(store.newestFirst(filter, reach, Optional.empty(), limit)))
                    .as("%s within %s", filter, reach)
                    .isEqualTo(expected);
            if (!expected.isEmpty()) {
                answers++;
                Optional<Place> behind = Optional.of(Place.of(expected.get(expected.size() / 2)));
                assertThat(TrackingStoreContract.get(store.newestFirst(filter, reach, behind, limit)))
                        .isEqualTo(TrackingStoreContract.get(model.newestFirst(filter, reach, behind, limit)));
            }
        }
        assertThat(answers).isGreaterThan(QUESTIONS / 5);
    }

    private static SampleMail mail(Random random, List<DomainName> domains, Instant now) {
        SampleMail mail = SampleMail.inbound(
                        now.minus(Duration.ofMillis(
                                random.nextLong(Duration.ofDays(70).toMillis()))),
                        pick(random, domains))
                .direction(pick(random, List.of(Direction.values())))
                .sender(pick(
                        random, List.of("", "alice@partner.example", "Al%ice_@partner.example", "zoe@other.example")))
                .recipient(pick(random, List.of("bob@x.example", "BOB@y.example", "carol+tag@x.example")))
                .subject(pick(random, List.of("Invoice 1", "100% off_er", "Grüße", "関所")))
                .upstream(SampleMail.upstream(
                        pick(random, List.of("192.0.2.9", "192.0.2.200", "2001:db8::7", "198.51.100.1")),
                        SampleMail.tls(pick(random, TLS))));
        return random.nextInt(4) == 0 ? mail.domains(domains.get(0), domains.get(1)) : mail;
    }

    private static Reach reach(Random random, List<DomainName> domains) {
        return switch (random.nextInt(3)) {
            case 0 -> Reach.of(pick(random, domains));
            case 1 -> Reach.of(domains.get(0), domains.get(2));
            default -> Reach.of(domains.toArray(DomainName[]::new));
        };
    }

    private static MessageFilter filter(Random random, List<DomainName> domains, Instant now) {
        FilterBuilder filter = new FilterBuilder();
        for (int n = random.nextInt(3); n >= 0; n--) {
            switch (random.nextInt(14)) {
                case 0 -> filter.from = Optional.of(now.minus(Duration.ofDays(random.nextInt(70))));
                case 1 -> filter.to = Optional.of(now.minus(Duration.ofDays(random.nextInt(50))));
                case 2 -> filter.directions = Set.of(pick(random, List.of(Direction.values())));
                case 3 ->
                    filter.domain = Optional.of(new Glob(pick(random, domains).ascii()));
                case 4 ->
                    filter.domain = Optional.of(
                            new Glob("*" + pick(random, domains).ascii().substring(3)));
                case 5 -> filter.sender = glob(random, "ALICE@partner.example", "al%ice_@*", "*other*", "<>", "*");
                case 6 -> filter.recipient = glob(random, "bob@X.example", "*@x.example", "carol+*", "nobody@*");
                case 7 -> filter.subject = glob(random, "invoice 1", "100%*", "*_*", "GRÜSSE", "*所", "grüße");
                case 8 -> filter.traffic = EnumSet.of(pick(random, List.of(Traffic.values())));
                case 9 -> filter.statuses = some(random, List.of(DeliveryStatus.values()));
                case 10 -> filter.blockReasons = some(random, List.of(BlockReason.values()));
                case 11 -> filter.upstreamTls = some(random, TLS);
                case 12 -> filter.downstreamTls = some(random, TLS);
                default ->
                    filter.clientNetwork = Optional.of(IpNetwork.parse(
                            pick(random, List.of("192.0.2.9", "192.0.2.0/25", "0.0.0.0/0", "2001:db8::/32"))));
            }
        }
        return filter.build();
    }

    private static Optional<Glob> glob(Random random, String... texts) {
        return Optional.of(new Glob(pick(random, List.of(texts))));
    }

    private static <T> Set<T> some(Random random, List<T> values) {
        List<T> some = new ArrayList<>();
        some.add(pick(random, values));
        some.add(pick(random, values));
        return Set.copyOf(some);
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
