package io.sekisho.ingress.session;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.List;

/** Whom STARTTLS is offered to. */
public sealed interface StartTlsOffer {

    /** A listener with a key. */
    static StartTlsOffer toEverybody() {
        return new ToAllBut(List.of());
    }

    /** A listener without a key. */
    static StartTlsOffer toNobody() {
        return new ToNobody();
    }

    record ToNobody() implements StartTlsOffer {}

    /**
     * Everybody else.
     *
     * @param clients whose STARTTLS is broken, so that with it they would bring no mail at all
     */
    record ToAllBut(List<IpNetwork> clients) implements StartTlsOffer {
        public ToAllBut {
            clients = List.copyOf(clients);
        }
    }

    default boolean isFor(IpAddress client) {
        return switch (this) {
            case ToNobody() -> false;
            case ToAllBut(List<IpNetwork> clients) -> clients.stream().noneMatch(network -> network.contains(client));
        };
    }
}
