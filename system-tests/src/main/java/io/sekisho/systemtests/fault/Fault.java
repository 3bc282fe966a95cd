package io.sekisho.systemtests.fault;

import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.traffic.Destination;
import io.sekisho.testkit.peer.Step;
import java.util.Locale;

/** One thing that goes wrong, and comes right again after a while. Copies, nodes and so on are counted from 1. */
public sealed interface Fault {

    /** The sentence of a report: {@code kill -9 of smtp-egress 2}. */
    String sentence();

    /**
     * Whether mail may arrive twice for it, by the design: where egress or its ledger is hit between the partner's 250 and the entry in the
     * ledger, or where the partner's 250 does not come through.
     */
    boolean mayDouble();

    /** {@code kill -9}; started again when it is over. */
    record Kill(Service service, int copy) implements Fault {
        @Override
        public String sentence() {
            return "kill -9 of " + service.id() + " " + copy;
        }

        @Override
        public boolean mayDouble() {
            return service == Service.EGRESS;
        }
    }

    /** SIGTERM, as Kubernetes ends a pod; started again when it is over. */
    record Terminate(Service service, int copy) implements Fault {
        @Override
        public String sentence() {
            return "SIGTERM to " + service.id() + " " + copy;
        }

        @Override
        public boolean mayDouble() {
            return false;
        }
    }

    /** SIGSTOP; goes on when it is over, and does not know that time has passed. */
    record Freeze(Service service, int copy) implements Fault {
        @Override
        public String sentence() {
            return "SIGSTOP of " + service.id() + " " + copy;
        }

        @Override
        public boolean mayDouble() {
            return service == Service.EGRESS;
        }
    }

    /** {@code kill -9} of one server of the infrastructure; started again when it is over. */
    record KillServer(Piece piece, int node) implements Fault {
        @Override
        public String sentence() {
            return "kill -9 of " + piece.title() + " " + node;
        }

        @Override
        public boolean mayDouble() {
            // Without PostgreSQL or Kafka nothing is acknowledged upstream; what was delivered stands in the ledger.
            return piece == Piece.REDIS;
        }
    }

    /** SIGSTOP of one server of the infrastructure: connections stay open and nothing answers. */
    record FreezeServer(Piece piece, int node) implements Fault {
        @Override
        public String sentence() {
            return "SIGSTOP of " + piece.title() + " " + node;
        }

        @Override
        public boolean mayDouble() {
            return piece == Piece.REDIS;
        }
    }

    /** All that Redis held is gone at once. */
    record FlushRedis() implements Fault {
        @Override
        public String sentence() {
            return "FLUSHALL of Redis";
        }

        @Override
        public boolean mayDouble() {
            return true;
        }
    }

    /** The small disk of the arena is full. */
    record FillDisk(Piece piece) implements Fault {
        @Override
        public String sentence() {
            return "full disk of " + piece.title();
        }

        @Override
        public boolean mayDouble() {
            return piece == Piece.REDIS;
        }
    }

    /** Somebody on the way takes STARTTLS out of the partner's EHLO reply. */
    record StripStartTls(Destination destination) implements Fault {
        @Override
        public String sentence() {
            return "STARTTLS stripped before " + destination.domain();
        }

        @Override
        public boolean mayDouble() {
            return true;
        }
    }

    /** The partner's server never answers at a step. */
    record Hang(Destination destination, Step step) implements Fault {
        @Override
        public String sentence() {
            return destination.domain() + " hangs at " + step.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean mayDouble() {
            return true;
        }
    }

    /** An operator holds a destination's mail back; releases and flushes it when it is over. */
    record Hold(Destination destination) implements Fault {
        @Override
        public String sentence() {
            return "an operator's hold of " + destination.domain();
        }

        @Override
        public boolean mayDouble() {
            return false;
        }
    }

    /**
     * An operator holds a destination's mail back, and cancels what was held when it is over; in that moment an egress is killed, and then
     * started again.
     *
     * @param copy of egress that is killed
     */
    record Cancel(Destination destination, int copy) implements Fault {
        @Override
        public String sentence() {
            return "an operator's hold and cancel of " + destination.domain() + ", and kill -9 of smtp-egress " + copy;
        }

        @Override
        public boolean mayDouble() {
            return true;
        }
    }

    /** Two at once; the first ends last. */
    record Together(Fault one, Fault other) implements Fault {
        @Override
        public String sentence() {
            return one.sentence() + " and " + other.sentence();
        }

        @Override
        public boolean mayDouble() {
            return one.mayDouble() || other.mayDouble();
        }
    }
}
