package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.Claim;
import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.delivery.Standing;
import io.sekisho.egress.route.Destination;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.DsnParameters;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.mail.policy.Requirement;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.match.Decision;
import io.sekisho.policyclient.match.MatchedRule;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Builds consignments for tests: by default a small message for one recipient at OPPORTUNISTIC. */
public final class Parcel {

    public static final DomainName PARTNER = DomainName.parse("partner.example");
    public static final String TEXT = "Subject: hello\r\n\r\nbody\r\n";

    private String reversePath = "sender@customer.example";
    private List<Recipient> recipients = List.of(recipient("someone@partner.example"));
    private Requirement requirement = Requirement.OPPORTUNISTIC;
    private Route route = new Route.MailExchangers(PARTNER);
    private MessageContent content = BytesContent.of(TEXT);
    private BodyType body = BodyType.SEVEN_BIT;
    private boolean smtpUtf8;
    private DsnParameters dsn = DsnParameters.NONE;
    private Claim claim = Claim.ALWAYS;
    private Standing standing = Standing.ALWAYS;

    public static Parcel parcel() {
        return new Parcel();
    }

    public static Recipient recipient(String forwardPath) {
        return new Recipient(forwardPath, PARTNER, Direction.OUTBOUND, List.of(), Optional.empty(), Optional.empty());
    }

    public Parcel from(String path) {
        reversePath = path;
        return this;
    }

    public Parcel to(String... forwardPaths) {
        recipients = Arrays.stream(forwardPaths).map(Parcel::recipient).toList();
        return this;
    }

    public Parcel to(Recipient... all) {
        recipients = List.of(all);
        return this;
    }

    public Parcel level(SecurityLevel level) {
        requirement = Requirement.of(level, Optional.empty());
        return this;
    }

    public Parcel level(SecurityLevel level, TlsVersion minimum) {
        requirement = Requirement.of(level, Optional.of(minimum));
        return this;
    }

    public Parcel verified(String... pinnedNames) {
        requirement = Requirement.of(
                SecurityLevel.VERIFIED,
                Optional.empty(),
                new RequiredNames(List.of(pinnedNames)),
                OnViolation.REJECT,
                Optional.empty());
        return this;
    }

    public Parcel by(Route way) {
        route = way;
        return this;
    }

    /** Next hops by the name "localhost", in order of preference. */
    public Parcel by(ScriptedSmtpServer... peers) {
        List<NextHop> hops = new ArrayList<>();
        for (int i = 0; i < peers.length; i++) {
            hops.add(new NextHop("localhost", peers[i].port(), i * 10));
        }
        return by(new Route.NextHops(PARTNER, hops));
    }

    public Parcel content(MessageContent carried) {
        content = carried;
        return this;
    }

    public Parcel body(BodyType type) {
        body = type;
        return this;
    }

    public Parcel withSmtpUtf8() {
        smtpUtf8 = true;
        return this;
    }

    public Parcel dsn(String ret, String envid) {
        dsn = new DsnParameters(Optional.of(ret), Optional.of(envid));
        return this;
    }

    public Parcel claim(Claim held) {
        claim = held;
        return this;
    }

    public Parcel standing(Standing holds) {
        standing = holds;
        return this;
    }

    public Consignment build() {
        Instant now = Instant.now();
        Envelope envelope = new Envelope(
                Envelope.VERSION,
                MessageIds.at(now),
                now,
                reversePath,
                recipients,
                body,
                smtpUtf8,
                dsn,
                content.size(),
                Optional.empty(),
                Optional.empty(),
                null,
                List.of(),
                List.of());
        MatchedRule rule = new MatchedRule(
                "rule-1",
                new Peer.Domain(PARTNER),
                MatchedRule.Kind.DOMAIN,
                requirement,
                "matches the recipient's domain");
        Decision decision = new Decision(requirement, List.of(rule), PolicyRevision.parse("e1:7"));
        return new Consignment(envelope, recipients, decision, PolicySource.STREAM, route, content, 1, claim, standing);
    }

    /** For tests without a connection. */
    Errand errand() {
        Consignment consignment = build();
        return new Errand(
                consignment,
                recipients,
                new Destination("mx.partner.example", IpAddress.parse("192.0.2.1"), 25, Destination.NameSource.DNS),
                StartTlsUse.of(requirement),
                "gateway.example");
    }
}
