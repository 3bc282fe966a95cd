package io.sekisho.egress.hold;

import io.sekisho.mail.address.DomainName;
import java.util.Collection;
import java.util.Optional;

/** The standing orders as a pod knows them. Thread safety: all methods, none blocks. */
public interface Holds {

    /** None, and known to be none. */
    Holds NONE = new Holds() {
        @Override
        public boolean areKnown() {
            return true;
        }

        @Override
        public Optional<StandingOrder> of(Collection<DomainName> managedDomains, DomainName destination) {
            return Optional.empty();
        }
    };

    /** Whether they were ever read, or could not be read for so long that first attempts go on without them. */
    boolean areKnown();

    /** An order that holds mail of these domains to this one. */
    Optional<StandingOrder> of(Collection<DomainName> managedDomains, DomainName destination);
}
