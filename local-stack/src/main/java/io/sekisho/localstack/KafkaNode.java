package io.sekisho.localstack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One node of a Kafka cluster on loopback, broker and controller at once.
 *
 * @param id from 1
 * @param port where clients reach it
 * @param controllerPort where the other nodes reach its controller
 */
record KafkaNode(int id, int port, int controllerPort) {

    /** So many nodes; the first takes the given port, all else is free ports. */
    static List<KafkaNode> several(int number, int firstPort) {
        List<KafkaNode> nodes = new ArrayList<>();
        for (int id = 1; id <= number; id++) {
            nodes.add(new KafkaNode(id, id == 1 ? firstPort : LocalPorts.free(), LocalPorts.free()));
        }
        return List.copyOf(nodes);
    }

    String name() {
        return id == 1 ? Piece.KAFKA.id() : Piece.KAFKA.id() + "-" + id;
    }

    /** Value of {@code controller.quorum.voters}. */
    static String voters(List<KafkaNode> nodes) {
        return nodes.stream()
                .map(node -> node.id + "@127.0.0.1:" + node.controllerPort)
                .collect(Collectors.joining(","));
    }
}
