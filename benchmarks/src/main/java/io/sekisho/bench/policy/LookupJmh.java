package io.sekisho.bench.policy;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.policyclient.match.Decision;
import io.sekisho.policyclient.match.PolicyTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What ingress asks at RCPT, and the least that any answer could cost: one bare {@code HashMap} with a key made for it. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class LookupJmh {

    /** More than fit into the processor's caches with what they lead to. */
    private static final int QUESTIONS = 1 << 16;

    /** How many managed domains. */
    @Param("100000")
    int domains;

    private final DomainName[] recipients = new DomainName[QUESTIONS];
    private final IpAddress[] clients = new IpAddress[QUESTIONS];
    private final DomainName[] senders = new DomainName[QUESTIONS];
    private final String[] keys = new String[QUESTIONS];
    private PolicyTable table;
    private Map<String, String> map;
    private int next;

    /** Builds the policy, the map of its rules, and questions: half about the largest domain, nine of ten with a rule that matches. */
    @Setup
    public void build() {
        LargePolicy policy = new LargePolicy(domains);
        table = policy.table();
        map = HashMap.newHashMap(policy.peers());
        for (int domain = 0; domain < domains; domain++) {
            for (int peer = 0; peer < policy.peersOf(domain); peer++) {
                map.put(LargePolicy.domain(domain) + " " + LargePolicy.peer(peer), "r" + domain + "-" + peer);
            }
        }
        SplittableRandom random = new SplittableRandom(20_261_124);
        for (int i = 0; i < QUESTIONS; i++) {
            int domain = i % 2 == 0 ? 0 : random.nextInt(domains);
            int peer = random.nextInt(policy.peersOf(domain));
            String text = LargePolicy.peer(peer);
            boolean address = Character.isDigit(text.charAt(0));
            recipients[i] = LargePolicy.domain(domain);
            clients[i] = IpAddress.parse(address ? text.replaceAll("/.*", "") : "192.0.2." + (peer & 0xff));
            senders[i] = DomainName.parse(address ? "nobody-" + peer + ".example" : text.replace("*", "a" + peer));
            keys[i] = recipients[i] + " " + text;
        }
    }

    /** The whole decision: domain, address rules, domain rules, join. */
    @Benchmark
    public Decision gateway() {
        int i = next++ & (QUESTIONS - 1);
        return table.domain(recipients[i]).orElseThrow().inbound(clients[i], Optional.of(senders[i]));
    }

    /** One probe with the complete key at hand. */
    @Benchmark
    public String hashMap() {
        return map.get(keys[next++ & (QUESTIONS - 1)]);
    }
}
