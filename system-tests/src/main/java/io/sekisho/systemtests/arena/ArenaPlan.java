package io.sekisho.systemtests.arena;

import io.sekisho.localstack.Piece;
import java.util.Optional;

/**
 * What an arena consists of. Scenarios of the same plan share one.
 *
 * @param kafkaNodes 1, or 3: then all mail is on three of them, and one may be missed
 * @param ingresses copies of smtp-ingress
 * @param egresses copies of smtp-egress
 * @param front what clients connect to
 * @param small the server whose data lies on a small file system of its own, so that it can be full
 */
public record ArenaPlan(int kafkaNodes, int ingresses, int egresses, Front front, Optional<Piece> small) {

    /** Two copies of ingress and egress on one Kafka node; clients connect to either ingress. */
    public static final ArenaPlan STANDARD = new ArenaPlan(1, 2, 2, Front.DIRECT, Optional.empty());

    /** What stands between clients and ingress. */
    public enum Front {
        DIRECT,
        /** HAProxy, which asks each ingress whether it is ready. */
        BALANCER
    }

    public ArenaPlan withKafkaNodes(int nodes) {
        return new ArenaPlan(nodes, ingresses, egresses, front, small);
    }

    public ArenaPlan behindBalancer() {
        return new ArenaPlan(kafkaNodes, ingresses, egresses, Front.BALANCER, small);
    }

    public ArenaPlan withSmallDiskFor(Piece piece) {
        return new ArenaPlan(kafkaNodes, ingresses, egresses, front, Optional.of(piece));
    }
}
