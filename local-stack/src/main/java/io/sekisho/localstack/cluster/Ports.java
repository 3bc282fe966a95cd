package io.sekisho.localstack.cluster;

import io.sekisho.localstack.LocalPorts;
import java.util.EnumMap;
import java.util.Map;

/** Which port each endpoint listens on. */
public record Ports(Map<Endpoint, Integer> numbers) {

    public Ports {
        Map<Endpoint, Integer> complete = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            complete.put(endpoint, numbers.getOrDefault(endpoint, endpoint.defaultPort()));
        }
        numbers = Map.copyOf(complete);
    }

    /** The documented ones. */
    public static Ports documented() {
        return new Ports(Map.of());
    }

    /** Ports on which nothing listens now. */
    public static Ports free() {
        Map<Endpoint, Integer> numbers = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            numbers.put(endpoint, LocalPorts.free());
        }
        return new Ports(numbers);
    }

    /** The same but for one. */
    public Ports with(Endpoint endpoint, int port) {
        Map<Endpoint, Integer> changed = new EnumMap<>(numbers);
        changed.put(endpoint, port);
        return new Ports(changed);
    }

    public int of(Endpoint endpoint) {
        return numbers.get(endpoint);
    }

    /** Throws, naming the port and the option that chooses another, if one of them is in use or given twice. */
    public void requireFree() {
        Map<Integer, Endpoint> seen = new java.util.HashMap<>();
        for (Endpoint endpoint : Endpoint.values()) {
            Endpoint other = seen.put(of(endpoint), endpoint);
            if (other != null) {
                throw new io.sekisho.localstack.StackFailure(
                        "Port " + of(endpoint) + " is given to both " + other.title() + " and " + endpoint.title()
                                + "; choose another with " + endpoint.option() + "=<port>.");
            }
            LocalPorts.requireFree(of(endpoint), endpoint.title(), endpoint.option());
        }
    }
}
