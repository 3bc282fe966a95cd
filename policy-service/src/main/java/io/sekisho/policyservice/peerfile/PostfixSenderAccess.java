package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.policyservice.warning.WarningCode;
import java.util.ArrayList;
import java.util.List;

/** An indexed access(5) table of {@code check_sender_access}: inbound peers by the domain of MAIL FROM. */
public final class PostfixSenderAccess {
    private PostfixSenderAccess() {}

    /** Whether {@code smtpd_access_maps} is in Postfix' {@code parent_domain_matches_subdomains}; by default it is. */
    public enum Subdomains {
        /** It is: {@code example.com} stands for its subdomains too, and {@code .example.com} is never looked up. */
        OF_EVERY_DOMAIN,
        /** It is not: only {@code .example.com} stands for subdomains. */
        OF_DOTTED_DOMAINS
    }

    public static List<ReadLine> read(String text, Subdomains subdomains) {
        List<ReadLine> lines = new ArrayList<>();
        for (LogicalLines.Line line : LogicalLines.of(text)) {
            try {
                lines.addAll(line(line, subdomains));
            } catch (FileFault fault) {
                lines.add(ReadLine.Unreadable.of(line.number(), fault.field(), fault.getMessage()));
            }
        }
        return lines;
    }

    private static List<ReadLine> line(LogicalLines.Line line, Subdomains subdomains) throws FileFault {
        boolean dotted = line.key().startsWith(".");
        DomainName domain = domain(dotted ? line.key().substring(1) : line.key());
        PostfixAction action = PostfixAction.read(line.value());
        if (dotted && subdomains == Subdomains.OF_EVERY_DOMAIN) {
            return List.of(new ReadLine.Skipped(
                    line.number(),
                    new Warning(
                            WarningCode.NEVER_APPLIES,
                            "peer",
                            "Postfix never looks it up while smtpd_access_maps is in parent_domain_matches_subdomains; if it is not, say"
                                    + " subdomains=OF_DOTTED_DOMAINS.")));
        }
        List<ReadLine> stated = new ArrayList<>();
        if (!dotted) {
            stated.add(stated(line, new Peer.Domain(domain), action));
        }
        if (dotted || subdomains == Subdomains.OF_EVERY_DOMAIN) {
            stated.add(stated(line, new Peer.Subdomains(domain), action));
        }
        return stated;
    }

    private static ReadLine stated(LogicalLines.Line line, Peer peer, PostfixAction action) {
        return new ReadLine.Stated(line.number(), FilePeer.of(Direction.INBOUND, peer, action.level()), List.of());
    }

    private static DomainName domain(String key) throws FileFault {
        if (key.isEmpty()) {
            throw new FileFault("line", "begins with white space and continues nothing");
        }
        if (key.equals("<>")) {
            throw new FileFault(
                    "peer", "the null sender has no domain; the domain's default and address peers hold for it");
        }
        if (key.indexOf('@') >= 0) {
            throw new FileFault("peer", "'" + key + "' is one mailbox; a peer here is a whole domain");
        }
        if (key.indexOf(':') >= 0 || key.indexOf('/') >= 0 || key.matches("[0-9.]+")) {
            throw new FileFault(
                    "peer",
                    "'" + key
                            + "' is an address, which check_sender_access never looks up; use format=POSTFIX_CIDR for a cidr: table");
        }
        try {
            return DomainName.parse(key);
        } catch (IllegalArgumentException noDomain) {
            throw new FileFault("peer", noDomain.getMessage());
        }
    }
}
