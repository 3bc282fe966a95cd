package io.sekisho.egress.route;

import java.util.List;

/** What DNS says of a domain's mail exchangers. */
sealed interface MxAnswer {

    /** MX records; targets that are no host names are kept, they just have no address. */
    record Exchangers(List<Exchanger> hosts) implements MxAnswer {
        public Exchangers {
            hosts = List.copyOf(hosts);
        }
    }

    /** The domain exists, without MX records. */
    record None() implements MxAnswer {}

    /** {@code MX 0 .}: the domain takes no mail (RFC 7505). */
    record NullMx() implements MxAnswer {}

    record NoSuchDomain() implements MxAnswer {}

    /** No answer, or one that says that the look-up failed. */
    record Unknown(String detail) implements MxAnswer {}

    /**
     * One MX record.
     *
     * @param host without trailing dot
     */
    record Exchanger(int preference, String host) {}
}
