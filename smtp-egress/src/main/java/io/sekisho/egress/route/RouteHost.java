package io.sekisho.egress.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** A host of a route, before its addresses are known. */
record RouteHost(String name, int port, int preference, Destination.NameSource source) {

    /** Lower preference first, equal ones in random order (RFC 5321 §5.1). */
    static List<RouteHost> inOrder(List<RouteHost> hosts, RandomGenerator random) {
        List<RouteHost> ordered = new ArrayList<>(hosts);
        Collections.shuffle(ordered, random);
        ordered.sort(Comparator.comparingInt(RouteHost::preference));
        return ordered;
    }
}
