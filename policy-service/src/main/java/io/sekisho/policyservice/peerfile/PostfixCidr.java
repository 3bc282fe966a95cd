package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.policyservice.warning.WarningCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code cidr:} table (cidr_table(5)) of {@code check_client_access}: inbound peers by address. Postfix takes the first line that holds the
 * client, Sekisho the longest block; blocks are nested or apart, so they agree once the lines are left out that come behind a wider one.
 */
public final class PostfixCidr {
    private static final IpNetwork EVERYTHING = IpNetwork.parse("::/0");

    /** The blocks of the {@code if} lines around, innermost first. */
    private final Deque<IpNetwork> around = new ArrayDeque<>();

    /** What was stated so far, and where. */
    private final Map<IpNetwork, Integer> stated = new HashMap<>();

    private PostfixCidr() {}

    public static List<ReadLine> read(String text) {
        PostfixCidr table = new PostfixCidr();
        List<ReadLine> lines = new ArrayList<>();
        int last = 0;
        for (LogicalLines.Line line : LogicalLines.of(text)) {
            last = line.number();
            try {
                table.line(line).ifPresent(lines::add);
            } catch (FileFault fault) {
                lines.add(ReadLine.Unreadable.of(line.number(), fault.field(), fault.getMessage()));
            }
        }
        if (!table.around.isEmpty()) {
            lines.add(ReadLine.Unreadable.of(last, "line", "an if has no endif"));
        }
        return lines;
    }

    private Optional<ReadLine> line(LogicalLines.Line line) throws FileFault {
        return switch (line.key().toLowerCase(Locale.ROOT)) {
            case "if" -> {
                around.push(pushed(line.value()));
                yield Optional.empty();
            }
            case "endif" -> {
                if (around.poll() == null) {
                    throw new FileFault("line", "an endif without if");
                }
                yield Optional.empty();
            }
            case "" -> throw new FileFault("line", "begins with white space and continues nothing");
            default -> Optional.of(rule(line.number(), block(line.key()), PostfixAction.read(line.value())));
        };
    }

    private IpNetwork pushed(String pattern) throws FileFault {
        try {
            return block(pattern);
        } catch (FileFault fault) {
            // What it encloses must still find its endif, and is read as if it stood alone: the table is refused
            // anyway.
            around.push(around.isEmpty() ? EVERYTHING : around.peek());
            throw fault;
        }
    }

    private ReadLine rule(int number, IpNetwork block, PostfixAction action) {
        IpNetwork effective = block;
        for (IpNetwork enclosing : around) {
            if (effective.contains(enclosing)) {
                effective = enclosing;
            } else if (!enclosing.contains(effective)) {
                return skipped(number, "Its block and that of the if around it have no address in common.");
            }
        }
        for (int bits = effective.bits(); bits >= 0; bits--) {
            Integer earlier = stated.get(new IpNetwork(IpNetwork.mask(effective.base(), bits), bits));
            if (earlier != null) {
                return skipped(
                        number,
                        "Line " + earlier + " holds every address of it, and Postfix takes the first line that does.");
            }
        }
        stated.put(effective, number);
        return new ReadLine.Stated(
                number, FilePeer.of(Direction.INBOUND, new Peer.Address(effective), action.level()), List.of());
    }

    private static ReadLine skipped(int number, String why) {
        return new ReadLine.Skipped(number, new Warning(WarningCode.NEVER_APPLIES, "peer", why));
    }

    private static IpNetwork block(String pattern) throws FileFault {
        if (pattern.startsWith("!")) {
            throw new FileFault(
                    "peer",
                    "'" + pattern + "': a block that is excluded has no counterpart here; list those that are meant");
        }
        if (pattern.isBlank()) {
            throw new FileFault("peer", "an if without a block");
        }
        try {
            return IpNetwork.parse(pattern);
        } catch (IllegalArgumentException noBlock) {
            throw new FileFault("peer", noBlock.getMessage());
        }
    }
}
