package io.sekisho.systemtests.arrival;

import io.sekisho.systemtests.traffic.Destination;
import io.sekisho.systemtests.traffic.NumberedMail;
import io.sekisho.testkit.peer.RecordedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What arrived in a run, by number. Judged as it arrives: whether it is octet for octet what was sent but for the one Received field, and
 * whether its session was as good as its destination's requirement. Only what the partner answered 2yz has arrived.
 *
 * <p>Thread safety: all methods.
 */
public final class Arrivals {

    private static final Pattern NUMBER = Pattern.compile("\n" + NumberedMail.FIELD + ": (\\d+)\r");
    private static final Pattern ID = Pattern.compile("\\sid ([0-9A-Za-z-]+)");
    private static final int HEADER = 4_096;
    private static final int MISTAKES_KEPT = 20;

    private final long seed;
    private final Map<Integer, List<Arrival>> byNumber = new ConcurrentHashMap<>();
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger belowRequirement = new AtomicInteger();
    private final Collection<String> mistakes = new ConcurrentLinkedQueue<>();

    /** Empty, for the mail of a run with this seed; what belongs to another is passed over. */
    public Arrivals(long seed) {
        this.seed = seed;
    }

    void add(Destination destination, RecordedMessage message) {
        if (!message.isAccepted() || !message.reversePath().startsWith(NumberedMail.senderPrefix(seed) + "@")) {
            return;
        }
        byte[] octets = message.bytes();
        String head = new String(octets, 0, Math.min(octets.length, HEADER), StandardCharsets.ISO_8859_1);
        Matcher number = NUMBER.matcher(head);
        if (!number.find()) {
            changed.incrementAndGet();
            note("a message without its number arrived at " + destination.domain());
            return;
        }
        judge(destination, message, Integer.parseInt(number.group(1)), octets, head);
    }

    private void judge(Destination destination, RecordedMessage message, int number, byte[] octets, String head) {
        int receivedEnd = endOfFirstField(head);
        NumberedMail sent = NumberedMail.of(seed, number);
        if (destination != sent.destination()
                || !head.regionMatches(true, 0, "Received:", 0, "Received:".length())
                || !NumberedMail.digest(octets, receivedEnd).equals(sent.sha256())) {
            changed.incrementAndGet();
            note("number " + number + " arrived changed at " + destination.domain());
        }
        Optional<String> tls = message.tls().map(session -> session.version());
        if (!destination.isSatisfiedBy(tls)) {
            belowRequirement.incrementAndGet();
            note("number " + number + " arrived at " + destination.domain() + " with " + tls.orElse("no TLS"));
        }
        Matcher id = ID.matcher(head.substring(0, receivedEnd));
        Arrival arrival = new Arrival(id.find() ? id.group(1) : "", tls, System.nanoTime());
        byNumber.compute(number, (any, before) -> {
            List<Arrival> all = before == null ? new ArrayList<>(1) : new ArrayList<>(before);
            all.add(arrival);
            return List.copyOf(all);
        });
    }

    /** Behind the first field's last line: the next line does not begin with white space. */
    private static int endOfFirstField(String head) {
        int end = head.indexOf("\r\n");
        while (end >= 0 && end + 2 < head.length() && (head.charAt(end + 2) == ' ' || head.charAt(end + 2) == '\t')) {
            end = head.indexOf("\r\n", end + 2);
        }
        return end < 0 ? head.length() : end + 2;
    }

    private void note(String mistake) {
        if (mistakes.size() < MISTAKES_KEPT) {
            mistakes.add(mistake);
        }
    }

    /** The numbers that arrived once at least. */
    public Set<Integer> numbers() {
        return Set.copyOf(byNumber.keySet());
    }

    /** What arrived, by number; the arrivals of one in their order. */
    public Map<Integer, List<Arrival>> byNumber() {
        return Map.copyOf(byNumber);
    }

    public boolean has(int number) {
        return byNumber.containsKey(number);
    }

    /** In order of arrival; more than one where the number is doubled. */
    public List<Arrival> of(int number) {
        return byNumber.getOrDefault(number, List.of());
    }

    /** How many messages arrived that are not what was sent. */
    public int changedCount() {
        return changed.get();
    }

    /** How many messages arrived in sessions below their destination's requirement. */
    public int belowRequirementCount() {
        return belowRequirement.get();
    }

    /** The first of what arrived wrongly, a sentence each. */
    public List<String> mistakes() {
        return List.copyOf(mistakes);
    }
}
