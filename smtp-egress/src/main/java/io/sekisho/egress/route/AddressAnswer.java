package io.sekisho.egress.route;

import io.sekisho.mail.address.IpAddress;
import java.util.List;

/** What DNS says of a host's addresses. */
sealed interface AddressAnswer {

    /** At least one, the families in turn, so that a broken one costs one connection only. */
    record Addresses(List<IpAddress> inTurn) implements AddressAnswer {
        public Addresses {
            inTurn = List.copyOf(inTurn);
        }
    }

    /** The name does not exist, or has no address. */
    record None(String detail) implements AddressAnswer {}

    /** No answer, or one that says that the look-up failed. */
    record Unknown(String detail) implements AddressAnswer {}
}
