package io.sekisho.systemtests.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that send numbered mail on and on, whatever happens to the gateway, as a mail server does: what was not answered 250 is sent
 * again, on a new connection. One in three uses STARTTLS; each connection carries a few messages.
 *
 * <p><i>Lifecycle:</i> they send from the start to {@link #finish} or {@link #close}. <i>Thread safety:</i> all methods.
 */
public final class Clients implements AutoCloseable {

    private final long seed;
    private final List<Integer> ports;
    private final long nanosBetweenMessages;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong due = new AtomicLong(System.nanoTime());
    private final Answers answers = new Answers();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean finishing;
    private volatile boolean stopped;

    /**
     * Starts them.
     *
     * @param ports of the gateway's listeners; each connection takes one of them
     * @param clients how many
     * @param perSecond messages that all of them together send at most
     */
    public static Clients start(long seed, List<Integer> ports, int clients, int perSecond) {
        Clients all = new Clients(seed, ports, perSecond);
        for (int i = 0; i < clients; i++) {
            Client client =
                    new Client(all, i % 3 == 0 ? ClientSession.Security.STARTTLS : ClientSession.Security.PLAIN);
            all.threads.add(Thread.ofVirtual().name("client-" + i).start(client::sendOnAndOn));
        }
        return all;
    }

    private Clients(long seed, List<Integer> ports, int perSecond) {
        this.seed = seed;
        this.ports = List.copyOf(ports);
        this.nanosBetweenMessages = Duration.ofSeconds(1).toNanos() / perSecond;
    }

    public Answers answers() {
        return answers;
    }

    /**
     * Lets each client bring the number it is at to its end, begins no new one, and returns when all have ended.
     *
     * @param atMost after which the clients give up; their numbers are then not acknowledged
     */
    public Answers finish(Duration atMost) throws InterruptedException {
        finishing = true;
        long deadline = System.nanoTime() + atMost.toNanos();
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                stopped = true;
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return answers;
    }

    @Override
    public void close() {
        finishing = true;
        stopped = true;
    }

    /**
     * Messages begin at even distances; those that a stop of the gateway delayed are not made up for.
     *
     * @return false once nothing more is to be sent
     */
    boolean awaitTurn() {
        long now = System.nanoTime();
        long mine = due.updateAndGet(last -> Math.max(last + nanosBetweenMessages, now));
        while (System.nanoTime() < mine && !finishing) {
            LockSupport.parkNanos(mine - System.nanoTime());
        }
        return !finishing;
    }

    NumberedMail nextMail() {
        return NumberedMail.of(seed, number.incrementAndGet());
    }

    String sender(NumberedMail mail) {
        return NumberedMail.sender(seed, mail.destination());
    }

    int somePort() {
        return ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
    }

    boolean isStopped() {
        return stopped;
    }
}
