package io.sekisho.ingress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What this machine is called; in Kubernetes the pod's name. */
final class HostName {

    private HostName() {}

    static String own() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElseGet(HostName::ofNetwork);
    }

    private static String ofNetwork() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
