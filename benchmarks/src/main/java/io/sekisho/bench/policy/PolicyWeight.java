package io.sekisho.bench.policy;

import io.sekisho.policyclient.match.PolicyTable;
import java.util.Locale;

/** The memory of {@link LargePolicy} in the table of policy-client: a program of its own, run in a JVM of its own. */
public final class PolicyWeight {

    private PolicyWeight() {}

    /** Prints one sentence. */
    public static void main(String[] arguments) {
        long before = used();
        long began = System.nanoTime();
        PolicyTable table = LargePolicy.WHOLE.table();
        double seconds = (System.nanoTime() - began) / 1e9;
        long bytes = used() - before;
        System.out.printf(
                Locale.ROOT,
                "%,d peers of %,d domains take %,d MiB, %d bytes a peer, built in %.1f s%n",
                LargePolicy.WHOLE.peers(),
                table.size(),
                bytes / 1024 / 1024,
                bytes / LargePolicy.WHOLE.peers(),
                seconds);
    }

    private static long used() {
        // Twice: what the first leaves to finalisers and cleaners goes with the second.
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
