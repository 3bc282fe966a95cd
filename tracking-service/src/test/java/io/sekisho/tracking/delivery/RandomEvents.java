package io.sekisho.tracking.delivery;

import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.SampleMail;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/** Events about one delivery as a cluster with bad luck might tell them: clocks astray, attempts doubled, facts incomplete. */
public final class RandomEvents {
    private static final List<String> TLS = List.of("NONE", "TLSv1.2", "TLSv1.3");
    private static final List<EventKind> KINDS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(EventKind.HANDSHAKE_FAILED)));
    private static final int DAY = 86_400;

    private final Random random;

    public RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    public List<MailEvent> about(SampleMail mail, int count) {
        List<MailEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MailEvent event = about(mail);
            // Each is an event of its own: two tellings of one event are another matter.
            events.add(event.withId(MessageIds.derived(event.id().toString(), Integer.toString(i))));
        }
        return events;
    }

    private MailEvent about(SampleMail mail) {
        EventKind kind = pick(KINDS);
        SampleMail told = random.nextInt(4) == 0 ? mail.beforeContent() : mail;
        MailEvent event = told.event(kind, random.nextInt(4), random.nextInt(DAY));
        if (random.nextBoolean()) {
            event = event.withHop(
                    SampleMail.hop("mx" + random.nextInt(3) + ".next.example", SampleMail.tls(pick(TLS))));
        }
        if (random.nextInt(3) == 0) {
            event = event.withBlockReason(pick(List.of(BlockReason.values())));
        }
        if (random.nextInt(3) == 0) {
            event = event.withDue(event.at().plusSeconds(random.nextInt(DAY)));
        }
        return event;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
