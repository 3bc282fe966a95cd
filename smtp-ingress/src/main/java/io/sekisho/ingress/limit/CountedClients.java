package io.sekisho.ingress.limit;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts clients in a table of bounded size. When it is full, the client that did nothing for longest gives its place to a
 * new one; who has a connection keeps it. A client for whom there is no place is not counted, and never refused for it.
 *
 * <p><b>Thread safety:</b> any thread; one lock, held for moments. A limit is looked at before and counted behind, so that
 * threads which ask at the same instant may pass it by their number.
 */
public final class CountedClients implements ClientLimits {

    /** About 200 octets each. */
    static final int MOST_CLIENTS = 100_000;

    /** A client is shown to other pods from this part of a limit on: what remains unseen is a fiftieth for each pod. */
    private static final int UNSEEN_PART = 50;

    /** How many of the eldest are looked at for each new client, so that its cost has a bound. */
    private static final int LOOKED_AT = 8;

    private final ClientAllowance allowance;
    private final ClientExemptions exemptions;
    private final Consumer<LimitExceeded> exceeded;
    private final LongSupplier nanoTime;
    private final int most;

    // Who was heard of last stands last.
    private final LinkedHashMap<IpNetwork, ClientCounts> clients = new LinkedHashMap<>(16, 0.75f, true);
    // Those to show, who was shown last standing last.
    private final Set<IpNetwork> busy = new LinkedHashSet<>();

    /**
     * Nobody is counted yet.
     *
     * @param exceeded told of each refusal, on the thread of whoever is refused
     * @param nanoTime as {@link System#nanoTime}
     */
    public CountedClients(
            ClientAllowance allowance,
            ClientExemptions exemptions,
            Consumer<LimitExceeded> exceeded,
            LongSupplier nanoTime) {
        this(allowance, exemptions, exceeded, nanoTime, MOST_CLIENTS);
    }

    CountedClients(
            ClientAllowance allowance,
            ClientExemptions exemptions,
            Consumer<LimitExceeded> exceeded,
            LongSupplier nanoTime,
            int most) {
        this.allowance = allowance;
        this.exemptions = exemptions;
        this.exceeded = exceeded;
        this.nanoTime = nanoTime;
        this.most = most;
    }

    @Override
    public Optional<ClientPlace> connect(IpAddress client) {
        IpNetwork block = ClientBlock.of(client);
        boolean within = admits(client, block, ClientLimit.CONNECTIONS_AT_ONCE)
                && admits(client, block, ClientLimit.CONNECTIONS_PER_MINUTE);
        return within ? Optional.of(opened(block)) : Optional.empty();
    }

    @Override
    public Answer message(IpAddress client) {
        return counted(client, ClientLimit.MESSAGES_PER_MINUTE);
    }

    @Override
    public Answer recipient(IpAddress client) {
        return counted(client, ClientLimit.RECIPIENTS_PER_MINUTE);
    }

    @Override
    public Answer login(IpAddress client) {
        return admits(client, ClientBlock.of(client), ClientLimit.FAILED_LOGINS_PER_MINUTE)
                ? Answer.WITHIN
                : Answer.BEYOND;
    }

    @Override
    public void loginFailed(IpAddress client) {
        add(ClientBlock.of(client), ClientLimit.FAILED_LOGINS_PER_MINUTE);
    }

    private Answer counted(IpAddress client, ClientLimit limit) {
        IpNetwork block = ClientBlock.of(client);
        if (!admits(client, block, limit)) {
            return Answer.BEYOND;
        }
        add(block, limit);
        return Answer.WITHIN;
    }

    /** Asks first whether the limit is reached, since that is cheap and rare, and only then whether it holds the client. */
    private boolean admits(IpAddress client, IpNetwork block, ClientLimit limit) {
        if (!isReached(block, limit) || exemptions.covers(client, limit)) {
            return true;
        }
        exceeded.accept(new LimitExceeded(block, limit, allowance.of(limit), tell(block, limit)));
        return false;
    }

    private synchronized boolean isReached(IpNetwork block, ClientLimit limit) {
        int allowed = allowance.of(limit);
        ClientCounts counts = clients.get(block);
        return allowed > 0 && counts != null && counts.everywhere(limit, nanoTime.getAsLong()) >= allowed;
    }

    private synchronized LimitExceeded.Occurrence tell(IpNetwork block, ClientLimit limit) {
        ClientCounts counts = clients.get(block);
        return counts == null ? LimitExceeded.Occurrence.REPEATED : counts.tell(limit, nanoTime.getAsLong());
    }

    private synchronized ClientPlace opened(IpNetwork block) {
        long now = nanoTime.getAsLong();
        Optional<ClientCounts> place = place(block, now);
        if (place.isEmpty()) {
            return ClientPlace.uncounted();
        }
        ClientCounts counts = place.get();
        counts.opened();
        counts.add(ClientLimit.CONNECTIONS_PER_MINUTE, now);
        show(block, counts, now);
        return new ClientPlace(() -> closed(counts));
    }

    private synchronized void closed(ClientCounts counts) {
        counts.closed();
    }

    private synchronized void add(IpNetwork block, ClientLimit limit) {
        long now = nanoTime.getAsLong();
        place(block, now).ifPresent(counts -> {
            counts.add(limit, now);
            show(block, counts, now);
        });
    }

    private Optional<ClientCounts> place(IpNetwork block, long now) {
        ClientCounts known = clients.get(block);
        if (known != null) {
            return Optional.of(known);
        }
        makeRoom(now);
        if (clients.size() >= most) {
            return Optional.empty();
        }
        ClientCounts added = new ClientCounts(now);
        clients.put(block, added);
        return Optional.of(added);
    }

    private void makeRoom(long now) {
        List<Map.Entry<IpNetwork, ClientCounts>> eldest =
                clients.entrySet().stream().limit(LOOKED_AT).toList();
        for (Map.Entry<IpNetwork, ClientCounts> old : eldest) {
            if (old.getValue().isOpen()) {
                // To the end with it: silent connections must not stand between us and who can go.
                clients.get(old.getKey());
            } else if (clients.size() >= most || old.getValue().isForgotten(now)) {
                clients.remove(old.getKey());
                busy.remove(old.getKey());
            } else {
                return;
            }
        }
    }

    private void show(IpNetwork block, ClientCounts counts, long now) {
        if (isBusy(counts, now)) {
            busy.add(block);
        }
    }

    private boolean isBusy(ClientCounts counts, long now) {
        for (ClientLimit limit : ClientLimit.values()) {
            int allowed = allowance.of(limit);
            if (allowed > 0 && (long) counts.own(limit, now) * UNSEEN_PART >= allowed) {
                return true;
            }
        }
        return false;
    }

    /** What other pods should know: the next of the busy clients in turn, and a last time those that no longer are. */
    synchronized List<ClientShare> shares(int atMost) {
        long now = nanoTime.getAsLong();
        List<IpNetwork> next = new ArrayList<>();
        for (Iterator<IpNetwork> turn = busy.iterator(); turn.hasNext() && next.size() < atMost; turn.remove()) {
            next.add(turn.next());
        }
        List<ClientShare> shares = new ArrayList<>();
        for (IpNetwork block : next) {
            ClientCounts counts = clients.get(block);
            shares.add(new ClientShare(block, counts.share(now)));
            show(block, counts, now);
        }
        return shares;
    }

    /** What the other pods count. */
    synchronized void hear(List<ClientShare> ofOthers) {
        long now = nanoTime.getAsLong();
        for (ClientShare share : ofOthers) {
            ClientCounts counts = clients.get(share.client());
            if (counts != null) {
                counts.hear(share.counts(), now);
            }
        }
    }

    /** How many clients are counted. */
    public synchronized int size() {
        return clients.size();
    }
}
