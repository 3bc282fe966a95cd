package io.sekisho.ingress.limit;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;

/** Which addresses are one client. */
final class ClientBlock {

    private static final int WHOLE = 128;

    // RFC 4291 §2.5.1: the last 64 bits are the interface's, which whoever has one address of a link chooses freely.
    private static final int V6_LINK = 64;

    private ClientBlock() {}

    static IpNetwork of(IpAddress address) {
        int bits = address.isV4() ? WHOLE : V6_LINK;
        return new IpNetwork(IpNetwork.mask(address, bits), bits);
    }
}
