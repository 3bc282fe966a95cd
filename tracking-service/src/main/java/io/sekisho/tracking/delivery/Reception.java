package io.sekisho.tracking.delivery;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.policy.Direction;
import java.util.Comparator;
import java.util.Optional;

/**
 * How the message came to the gateway, by the event that knows most: one about a refusal at RCPT knows neither subject nor size, every later
 * one does.
 *
 * @param sender reverse-path, empty for {@code <>}
 * @param messageIdField the Message-ID field
 * @param size in octets; 0 where refused before the content
 * @param tls {@code NONE}, or the version of the client's session
 */
public record Reception(
        Direction direction,
        String sender,
        Optional<String> subject,
        Optional<String> messageIdField,
        long size,
        Optional<IpAddress> clientAddress,
        String tls)
        implements Comparable<Reception> {

    private static final Comparator<Reception> ORDER = Comparator.comparingLong(Reception::size)
            .thenComparing(reception -> reception.subject.orElse(""))
            .thenComparing(reception -> reception.messageIdField.orElse(""))
            .thenComparing(reception -> reception.subject.isPresent())
            .thenComparing(reception -> reception.messageIdField.isPresent())
            // Frozen in the envelope: they differ only where a producer broke the contract, and then the row is still
            // the same for every order.
            .thenComparing(Reception::sender)
            .thenComparing(Reception::direction)
            .thenComparing(Reception::tls)
            .thenComparing(reception ->
                    reception.clientAddress.map(IpAddress::toString).orElse(""));

    static Reception of(MessageFacts facts) {
        return new Reception(
                facts.direction(),
                StoredText.of(facts.sender()),
                facts.subject().map(StoredText::line),
                facts.messageId().map(StoredText::line),
                facts.size(),
                facts.upstream().clientAddress(),
                StoredText.line(facts.upstream().tls().protocol()));
    }

    @Override
    public int compareTo(Reception other) {
        return ORDER.compare(this, other);
    }
}
