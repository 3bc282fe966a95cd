package io.sekisho.ingress.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.ingress.limit.ClientLimits.Answer;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountedClientsTest {

    private static final IpAddress CLIENT = IpAddress.parse("203.0.113.7");
    private static final IpAddress RELAY = IpAddress.parse("198.51.100.25");

    private final List<LimitExceeded> exceeded = new ArrayList<>();
    private long now = Duration.ofDays(1).toNanos();

    @Test
    void admitsAsManyConnectionsAsAreAllowedAndAgainWhenOneIsClosed() {
        CountedClients clients = counted(new ClientAllowance(2, 0, 0, 0, 0));
        ClientPlace first = clients.connect(CLIENT).orElseThrow();
        clients.connect(CLIENT);

        assertThat(clients.connect(CLIENT)).isEmpty();
        first.give();
        assertThat(clients.connect(CLIENT)).isPresent();
    }

    @Test
    void takesAPlaceBackOnceHoweverOftenItIsGiven() {
        CountedClients clients = counted(new ClientAllowance(2, 0, 0, 0, 0));
        ClientPlace first = clients.connect(CLIENT).orElseThrow();
        clients.connect(CLIENT);

        first.give();
        first.give();

        assertThat(clients.connect(CLIENT)).isPresent();
        assertThat(clients.connect(CLIENT)).isEmpty();
    }

    @Test
    void countsEachAddressOfIpv4AloneAndABlockOf64BitsOfIpv6Together() {
        CountedClients clients = counted(new ClientAllowance(1, 0, 0, 0, 0));
        clients.connect(CLIENT);
        clients.connect(IpAddress.parse("2001:db8::1"));

        assertThat(clients.connect(IpAddress.parse("203.0.113.8"))).isPresent();
        assertThat(clients.connect(IpAddress.parse("::ffff:203.0.113.7"))).isEmpty();
        assertThat(clients.connect(IpAddress.parse("2001:db8::ffff:2"))).isEmpty();
        assertThat(clients.connect(IpAddress.parse("2001:db8:0:1::1"))).isPresent();
        assertThat(exceeded.getLast().client()).isEqualTo(IpNetwork.parse("2001:db8::/64"));
    }

    @Test
    void limitsConnectionsPerMinuteThoughEachIsClosedAtOnce() {
        CountedClients clients = counted(new ClientAllowance(0, 3, 0, 0, 0));
        for (int i = 0; i < 3; i++) {
            clients.connect(CLIENT).orElseThrow().give();
        }

        assertThat(clients.connect(CLIENT)).isEmpty();
    }

    @Test
    void limitsEachOfMessagesRecipientsAndLoginsForItself() {
        CountedClients clients = counted(new ClientAllowance(0, 0, 1, 2, 3));

        assertThat(List.of(clients.message(CLIENT), clients.message(CLIENT)))
                .containsExactly(Answer.WITHIN, Answer.BEYOND);
        assertThat(List.of(clients.recipient(CLIENT), clients.recipient(CLIENT), clients.recipient(CLIENT)))
                .containsExactly(Answer.WITHIN, Answer.WITHIN, Answer.BEYOND);
        for (int i = 0; i < 3; i++) {
            assertThat(clients.login(CLIENT)).isEqualTo(Answer.WITHIN);
            clients.loginFailed(CLIENT);
        }
        assertThat(clients.login(CLIENT)).isEqualTo(Answer.BEYOND);
    }

    @Test
    void limitsNothingWhereTheLimitIsZero() {
        CountedClients clients = counted(new ClientAllowance(0, 0, 0, 0, 0));
        for (int i = 0; i < 50_000; i++) {
            assertThat(clients.connect(CLIENT)).isPresent();
            assertThat(clients.message(CLIENT)).isEqualTo(Answer.WITHIN);
        }
    }

    @Test
    void forgetsAMinuteBitByBitInTheNext() {
        CountedClients clients = counted(new ClientAllowance(0, 0, 4, 0, 0));
        assertThat(admitted(clients)).isEqualTo(4);

        pass(Duration.ofSeconds(60));
        assertThat(admitted(clients)).isZero();
        pass(Duration.ofSeconds(30));
        assertThat(admitted(clients)).isEqualTo(2);
        pass(Duration.ofSeconds(90));
        assertThat(admitted(clients)).isEqualTo(4);
    }

    @Test
    void doesNotCountWhatItRefuses() {
        CountedClients clients = counted(new ClientAllowance(0, 0, 4, 0, 0));
        admitted(clients);
        for (int i = 0; i < 1_000; i++) {
            clients.message(CLIENT);
        }

        pass(Duration.ofSeconds(90));

        assertThat(admitted(clients)).isEqualTo(2);
    }

    @Test
    void exemptsLoopbackAndItsNetworksFromAll() {
        CountedClients clients = counted(new ClientAllowance(1, 1, 1, 1, 1));
        for (String exempt : List.of("127.0.0.1", "::1", "192.0.2.77")) {
            IpAddress client = IpAddress.parse(exempt);
            for (int i = 0; i < 5; i++) {
                assertThat(clients.connect(client)).isPresent();
                assertThat(clients.message(client)).isEqualTo(Answer.WITHIN);
                assertThat(clients.recipient(client)).isEqualTo(Answer.WITHIN);
                clients.loginFailed(client);
                assertThat(clients.login(client)).isEqualTo(Answer.WITHIN);
            }
        }
        assertThat(exceeded).isEmpty();
    }

    @Test
    void exemptsRelaySourcesFromRatesAndNotFromConnectionsAtOnceNorFailedLogins() {
        CountedClients clients = counted(new ClientAllowance(2, 1, 1, 1, 1));
        for (int i = 0; i < 2; i++) {
            assertThat(clients.connect(RELAY)).isPresent();
            assertThat(clients.message(RELAY)).isEqualTo(Answer.WITHIN);
            assertThat(clients.recipient(RELAY)).isEqualTo(Answer.WITHIN);
        }
        clients.loginFailed(RELAY);

        assertThat(clients.connect(RELAY)).isEmpty();
        assertThat(clients.login(RELAY)).isEqualTo(Answer.BEYOND);
    }

    @Test
    void tellsEachRefusalAndWhichIsTheFirstOfItsMinute() {
        CountedClients clients = counted(new ClientAllowance(0, 0, 1, 0, 0));
        for (int i = 0; i < 3; i++) {
            clients.message(CLIENT);
        }
        pass(Duration.ofSeconds(60));
        clients.message(CLIENT);

        assertThat(exceeded)
                .extracting(LimitExceeded::occurrence)
                .containsExactly(
                        LimitExceeded.Occurrence.FIRST,
                        LimitExceeded.Occurrence.REPEATED,
                        LimitExceeded.Occurrence.FIRST);
        assertThat(exceeded.getFirst().limit()).isEqualTo(ClientLimit.MESSAGES_PER_MINUTE);
        assertThat(exceeded.getFirst().allowed()).isEqualTo(1);
    }

    // ---- the table's bound

    @Test
    void neverCountsMoreClientsThanItHasRoomForAndRefusesNoneForThat() {
        CountedClients clients = bounded(10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(clients.message(address(i))).isEqualTo(Answer.WITHIN);
        }

        assertThat(clients.size()).isEqualTo(10);
    }

    @Test
    void keepsAClientThatGoesOnWhileManyOthersPassBy() {
        CountedClients clients = bounded(10);
        int admitted = 0;
        for (int i = 0; i < 1_000; i++) {
            clients.message(address(i));
            admitted += clients.message(CLIENT) == Answer.WITHIN ? 1 : 0;
        }

        assertThat(admitted).isEqualTo(3);
    }

    @Test
    void keepsWhoIsConnectedAndGoesOnCountingOthersThoughAllTheEldestAreConnected() {
        CountedClients clients = bounded(20);
        List<Optional<ClientPlace>> connections = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            connections.add(clients.connect(address(i)));
            connections.add(clients.connect(address(i)));
        }
        for (int i = 100; i < 1_000; i++) {
            clients.message(address(i));
        }
        for (int i = 0; i < 3; i++) {
            clients.message(CLIENT);
        }

        assertThat(clients.message(CLIENT)).isEqualTo(Answer.BEYOND);
        assertThat(clients.connect(address(0))).isEmpty();
        connections.forEach(place -> place.orElseThrow().give());
        assertThat(clients.connect(address(0))).isPresent();
    }

    @Test
    void doesNotCountWhoFindsNoPlaceAmongConnectedClients() {
        CountedClients clients = bounded(5);
        for (int i = 0; i < 5; i++) {
            clients.connect(address(i));
        }

        for (int i = 0; i < 10; i++) {
            clients.connect(CLIENT).orElseThrow().give();
            assertThat(clients.message(CLIENT)).isEqualTo(Answer.WITHIN);
        }
        assertThat(clients.size()).isEqualTo(5);
    }

    @Test
    void forgetsClientsOfWhomNothingCountsAnyMore() {
        CountedClients clients = counted(new ClientAllowance(1, 1, 1, 1, 1));
        for (int i = 0; i < 5; i++) {
            clients.message(address(i));
        }

        pass(Duration.ofMinutes(3));
        clients.message(CLIENT);

        assertThat(clients.size()).isEqualTo(1);
    }

    // ---- other pods

    @Test
    void addsWhatOtherPodsCountUntilThatIsTooOld() {
        CountedClients clients = counted(new ClientAllowance(3, 0, 0, 0, 0));
        clients.connect(CLIENT);

        clients.hear(List.of(new ClientShare(IpNetwork.of(CLIENT), List.of(2, 0, 0, 0, 0))));

        assertThat(clients.connect(CLIENT)).isEmpty();
        pass(RedisClientCounts.POD_OLD.plusMillis(1));
        assertThat(clients.connect(CLIENT)).isPresent();
    }

    @Test
    void showsWhoIsBusyAndOnceMoreWhoNoLongerIs() {
        CountedClients clients = counted(new ClientAllowance(100, 1_000, 1_000, 0, 0));
        clients.message(address(1));
        ClientPlace one = clients.connect(CLIENT).orElseThrow();
        ClientPlace two = clients.connect(CLIENT).orElseThrow();

        assertThat(clients.shares(10)).containsExactly(new ClientShare(IpNetwork.of(CLIENT), List.of(2, 2, 0, 0, 0)));
        one.give();
        two.give();
        assertThat(clients.shares(10)).containsExactly(new ClientShare(IpNetwork.of(CLIENT), List.of(0, 2, 0, 0, 0)));
        assertThat(clients.shares(10)).isEmpty();
    }

    @Test
    void showsMoreBusyClientsThanFitInTurn() {
        CountedClients clients = counted(new ClientAllowance(1, 0, 0, 0, 0));
        for (int i = 0; i < 3; i++) {
            clients.connect(address(i));
        }

        List<IpNetwork> shown = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.shares(2).forEach(share -> shown.add(share.client()));
        }

        assertThat(shown)
                .containsExactly(
                        IpNetwork.of(address(0)), IpNetwork.of(address(1)),
                        IpNetwork.of(address(2)), IpNetwork.of(address(0)),
                        IpNetwork.of(address(1)), IpNetwork.of(address(2)));
    }

    private int admitted(CountedClients clients) {
        int admitted = 0;
        while (clients.message(CLIENT) == Answer.WITHIN) {
            admitted++;
        }
        return admitted;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static IpAddress address(int i) {
        return IpAddress.parse("198.18." + (i / 256) + "." + (i % 256));
    }

    private CountedClients counted(ClientAllowance allowance) {
        return counted(allowance, CountedClients.MOST_CLIENTS);
    }

    /** Two connections and three messages are allowed. */
    private CountedClients bounded(int most) {
        return counted(new ClientAllowance(2, 0, 3, 0, 0), most);
    }

    private CountedClients counted(ClientAllowance allowance, int most) {
        return new CountedClients(
                allowance,
                new ClientExemptions(List.of(IpNetwork.parse("192.0.2.0/24")), RELAY::equals),
                exceeded::add,
                () -> now,
                most);
    }
}
