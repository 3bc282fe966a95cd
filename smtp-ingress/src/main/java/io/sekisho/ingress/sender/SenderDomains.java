package io.sekisho.ingress.sender;

import io.sekisho.ingress.session.SenderDomain;
import io.sekisho.mail.address.DomainName;
import io.smallrye.mutiny.Uni;

/** Who knows senders' domains. */
@FunctionalInterface
public interface SenderDomains {

    /** Nobody does. */
    SenderDomains NONE = domain -> Uni.createFrom().item(SenderDomain.UNKNOWN);

    /**
     * Looks a domain up.
     *
     * @return never fails, and ends within seconds; the item comes on any thread
     */
    Uni<SenderDomain> lookUp(DomainName domain);
}
