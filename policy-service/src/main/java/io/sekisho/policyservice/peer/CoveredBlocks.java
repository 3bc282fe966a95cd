package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.IpNetwork;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds blocks of which every address lies in a longer block of the set: as the longest decides, they never do. */
final class CoveredBlocks {
    private static final int LONGEST = 128;
    private static final Comparator<IpNetwork> IN_ORDER = Comparator.<IpNetwork>comparingLong(
                    block -> block.base().high() ^ Long.MIN_VALUE)
            .thenComparingLong(block -> block.base().low() ^ Long.MIN_VALUE)
            .thenComparingInt(IpNetwork::bits);

    private final Set<IpNetwork> covered = new HashSet<>();

    CoveredBlocks(Collection<IpNetwork> blocks) {
        List<IpNetwork> sorted = blocks.stream().distinct().sorted(IN_ORDER).toList();
        Deque<Open> around = new ArrayDeque<>();
        // In this order a block comes right behind those that hold it.
        for (IpNetwork block : sorted) {
            while (!around.isEmpty() && !around.peek().block.contains(block)) {
                close(around);
            }
            around.push(new Open(block));
        }
        while (!around.isEmpty()) {
            close(around);
        }
    }

    private void close(Deque<Open> around) {
        Open done = around.pop();
        BigInteger size = BigInteger.ONE.shiftLeft(LONGEST - done.block.bits());
        if (done.inside.equals(size)) {
            covered.add(done.block);
        }
        if (!around.isEmpty()) {
            around.peek().inside = around.peek().inside.add(size);
        }
    }

    boolean has(IpNetwork block) {
        return covered.contains(block);
    }

    /** A block, and how many of its addresses lie in blocks directly inside it. */
    private static final class Open {
        private final IpNetwork block;
        private BigInteger inside = BigInteger.ZERO;

        private Open(IpNetwork block) {
            this.block = block;
        }
    }
}
