package io.sekisho.systemtests.scenario;

import java.util.List;

/** What no scenario can show yet, because the gateway cannot do it yet. Whoever builds it adds its scenario and takes the line away. */
public final class Gaps {

    private Gaps() {}

    /** A sentence each. */
    public static List<String> sentences() {
        return List.of(
                "AUTH and client certificates in mid-fault: the tests of each show them while nothing else goes wrong",
                "MTA-STS and DANE: no requirement that a recipient publishes is put to the test",
                "quarantine: its release and bounce in mid-fault are not played");
    }
}
