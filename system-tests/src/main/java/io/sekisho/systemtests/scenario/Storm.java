package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import io.sekisho.systemtests.traffic.Destination;
import io.sekisho.testkit.peer.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One fault after the other, chosen by a seed, for so many minutes, on three Kafka nodes. The same seed chooses the same faults. */
public final class Storm implements Scenario {

    private static final Destination[] OUTBOUND = {Destination.TLS13, Destination.TLS12, Destination.EITHER};
    private static final Step[] HANGS = {Step.BANNER, Step.STARTTLS, Step.MAIL, Step.DATA, Step.END_OF_DATA};
    private static final int KINDS = 9;
    /** What a fault takes beside its length: mail flows before the next. */
    private static final Duration BETWEEN = Duration.ofSeconds(8);

    private final List<TimedFault> faults = new ArrayList<>();

    public Storm(long seed, Duration length) {
        SplittableRandom random = new SplittableRandom(seed);
        Duration left = length;
        while (left.isPositive()) {
            TimedFault fault = TimedFault.lasting(Duration.ofMillis(random.nextInt(500, 12_000)), any(random));
            faults.add(fault);
            left = left.minus(fault.lasting()).minus(BETWEEN);
        }
    }

    private static Fault any(SplittableRandom random) {
        int copy = random.nextInt(1, 3);
        Piece[] pieces = Piece.values();
        Piece piece = pieces[random.nextInt(pieces.length)];
        int node = piece == Piece.KAFKA ? random.nextInt(1, 4) : 1;
        return switch (random.nextInt(KINDS)) {
            case 0 -> new Fault.Kill(Service.INGRESS, copy);
            case 1 -> new Fault.Kill(Service.EGRESS, copy);
            case 2 -> new Fault.Kill(random.nextInt(2) == 0 ? Service.POLICY : Service.TRACKING, 1);
            case 3 -> new Fault.Terminate(random.nextInt(2) == 0 ? Service.INGRESS : Service.EGRESS, copy);
            case 4 -> new Fault.Freeze(random.nextInt(2) == 0 ? Service.INGRESS : Service.EGRESS, copy);
            case 5 -> new Fault.KillServer(piece, node);
            case 6 -> new Fault.FreezeServer(piece, node);
            case 7 -> new Fault.Hang(OUTBOUND[random.nextInt(OUTBOUND.length)], HANGS[random.nextInt(HANGS.length)]);
            default ->
                random.nextInt(2) == 0
                        ? new Fault.FlushRedis()
                        : new Fault.StripStartTls(OUTBOUND[random.nextInt(OUTBOUND.length)]);
        };
    }

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public ArenaPlan arena() {
        return ArenaPlan.STANDARD.withKafkaNodes(3);
    }

    @Override
    public List<TimedFault> faults() {
        return List.copyOf(faults);
    }
}
