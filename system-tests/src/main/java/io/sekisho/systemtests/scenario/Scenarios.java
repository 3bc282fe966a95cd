package io.sekisho.systemtests.scenario;

import java.util.List;

/** All scenarios there are. Those of the same arena stand together, so that it is set once. */
public final class Scenarios {

    private Scenarios() {}

    /** Done in every build, in one arena. */
    public static List<Scenario> shortSet() {
        return List.of(
                new PolicyServiceKilled(),
                new TrackingKilled(),
                new IngressKilled(),
                new StartTlsStripped(),
                new PartnerHangs(),
                new PostgresRestarted(),
                new RedisFlushed(),
                new BrokerFrozen(),
                new EgressKilled(),
                new OperatorsHand());
    }

    /** Everything. */
    public static List<Scenario> all() {
        return List.of(
                new PolicyServiceKilled(),
                new TrackingKilled(),
                new IngressKilled(),
                new IngressFrozen(),
                new ServicesTerminated(),
                new StartTlsStripped(),
                new PartnerHangs(),
                new PostgresRestarted(),
                new RedisFlushed(),
                new RedisKilled(),
                new BrokerFrozen(),
                new BrokerKilled(),
                new EgressKilled(),
                new EgressFrozen(),
                new OperatorsHand(),
                new BehindBalancer(),
                new BrokersOfThreeKilled(),
                new QuorumLost(),
                new KafkaDiskFull(),
                new PostgresDiskFull());
    }
}
