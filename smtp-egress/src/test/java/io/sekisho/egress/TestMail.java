package io.sekisho.egress;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.DsnParameters;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.policy.Direction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Builds messages for tests. */
public final class TestMail {

    public static final String CUSTOMER = "customer.example";
    public static final String PARTNER = "partner.example";

    private final List<Recipient> recipients = new ArrayList<>();
    private UUID id;
    private Instant receivedAt = Instant.now();
    private String reversePath = "alice@" + CUSTOMER;
    private DsnParameters dsn = DsnParameters.NONE;
    private boolean smtpUtf8;
    private List<ContentChunk> chunks = List.of();
    private List<DomainName> reportedDomains = List.of();
    private String text = """
            From: alice@customer.example\r
            To: bob@partner.example\r
            Subject: hello\r
            Message-ID: <1@customer.example>\r
            \r
            Hello.\r
            """;

    public static TestMail mail() {
        return new TestMail();
    }

    /** A recipient outside, to whom the customer writes. */
    public static Recipient outbound(String address) {
        return new Recipient(
                address,
                DomainName.parse(address.substring(address.indexOf('@') + 1)),
                Direction.OUTBOUND,
                List.of(DomainName.parse(CUSTOMER)),
                Optional.empty(),
                Optional.empty());
    }

    /** {@link #outbound} with what the sender wants to hear, {@code NOTIFY}. */
    public static Recipient outbound(String address, String notifyOn) {
        Recipient plain = outbound(address);
        return new Recipient(
                plain.forwardPath(),
                plain.domain(),
                plain.direction(),
                plain.authorisedFor(),
                Optional.of(notifyOn),
                Optional.empty());
    }

    /** A recipient of a managed domain, to whom somebody outside writes. */
    public static Recipient inbound(String address) {
        return new Recipient(
                address,
                DomainName.parse(address.substring(address.indexOf('@') + 1)),
                Direction.INBOUND,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public TestMail to(Recipient recipient) {
        recipients.add(recipient);
        return this;
    }

    public TestMail id(UUID newId) {
        id = newId;
        return this;
    }

    public TestMail receivedAt(Instant time) {
        receivedAt = time;
        return this;
    }

    public TestMail from(String address) {
        reversePath = address;
        return this;
    }

    /** Asked for SMTPUTF8 at MAIL. */
    public TestMail smtpUtf8() {
        smtpUtf8 = true;
        return this;
    }

    public TestMail dsn(DsnParameters parameters) {
        dsn = parameters;
        return this;
    }

    public TestMail chunks(List<ContentChunk> places) {
        chunks = places;
        return this;
    }

    public TestMail reporting(String domain) {
        reportedDomains = List.of(DomainName.parse(domain));
        return this;
    }

    public TestMail text(String newText) {
        text = newText;
        return this;
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Envelope envelope() {
        if (id == null) {
            id = MessageIds.at(receivedAt);
        }
        return new Envelope(
                Envelope.VERSION,
                id,
                receivedAt,
                reversePath,
                recipients,
                BodyType.SEVEN_BIT,
                smtpUtf8,
                dsn,
                chunks.isEmpty()
                        ? bytes().length
                        : chunks.stream().mapToLong(ContentChunk::length).sum(),
                Optional.of("hello"),
                Optional.of("<1@customer.example>"),
                Upstream.GATEWAY,
                chunks,
                reportedDomains);
    }
}
