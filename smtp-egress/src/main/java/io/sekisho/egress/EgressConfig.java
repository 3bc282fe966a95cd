package io.sekisho.egress;

import io.sekisho.egress.alert.AlertLanguage;
import io.sekisho.egress.alert.AlertSettings;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.dsn.ReportLanguage;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All that smtp-egress can be told under {@code sekisho.}; addresses of Kafka, Redis and PostgreSQL have Quarkus' keys. */
@ConfigMapping(prefix = "sekisho")
public interface EgressConfig {

    /** CIDR blocks of loopback, link-local and private addresses that may be connected to all the same. */
    Optional<List<String>> allowedNextHopNetworks();

    Delivery delivery();

    Policy policy();

    Alerts alerts();

    /** Mail to the operator's postmaster; none is sent where no host is named. */
    interface Alerts {

        /** The mail server that takes them. */
        Optional<String> smtpHost();

        /** 1 to 65535. */
        @WithDefault("25")
        int smtpPort();

        /** What the session with it must have. */
        @WithDefault("STARTTLS")
        AlertSettings.Protection protection();

        /** A PEM file of the CAs that its certificate must chain to; absent: the JDK's. */
        Optional<Path> trustedCa();

        /** For AUTH; absent: none. */
        Optional<String> user();

        /** Secret. */
        Optional<String> password();

        /** Absent: the postmaster of the gateway's hostname. */
        Optional<String> from();

        /** Addresses. */
        Optional<List<String>> to();

        @WithDefault("ENGLISH")
        AlertLanguage language();

        /** After which waiting mail is told of, from reception. */
        @WithDefault("PT8H")
        Duration queueAge();

        /** Certificates of partners that expire sooner are told of. */
        @WithDefault("P14D")
        Duration certificateRemaining();
    }

    /** How the policy is known where Redis does not tell it. */
    interface Policy {

        /** Base of the fallback: policy-service. */
        @WithDefault("http://127.0.0.1:8081")
        URI url();

        /** An API key of role {@code service}. Secret. */
        Optional<String> serviceKey();

        /** How long a policy that is no longer fresh may decide; PT0S to P1D. */
        @WithDefault("PT1H")
        Duration maxStale();
    }

    /** Delivery. */
    interface Delivery {

        /** The gateway's name: in EHLO, and as the reporting MTA of delivery reports. */
        @WithDefault("localhost")
        String hostname();

        /**
         * A name that belongs to one running process at a time, such as the pod's: what an earlier process of that name
         * left is taken over at once. Absent: a name made at each start, and what a killed process left is taken over when
         * its leases run out.
         */
        Optional<String> pod();

        /** Names by which the gateway stands in MX records, beside {@link #hostname()}. */
        Optional<List<String>> ownHostnames();

        /** Public addresses of the gateway. */
        Optional<List<String>> ownAddresses();

        /** Static routes, {@code pattern=host:port}: a domain, {@code *.sub}, or {@code *} for a smart host. */
        Optional<List<String>> routes();

        /** A PEM file of the CAs that VERIFIED trusts; absent: the JDK's. */
        Optional<Path> trustedCa();

        /** DNS servers, {@code host} or {@code host:port}; absent: the system's. */
        Optional<List<String>> dnsServers();

        /** The port of MX hosts, 1 to 65535. */
        @WithDefault("25")
        int smtpPort();

        /** How long mail is tried, from reception; retention of the content topic must be two days longer. */
        @WithDefault("P5D")
        Duration queueLifetime();

        /** Until the second attempt, the third and so on, each ± 10 %; the last one repeats until {@link #queueLifetime()}. */
        @WithDefault("PT5M,PT15M,PT30M,PT1H,PT2H,PT4H")
        List<Duration> retryDelays();

        /** In which language reports speak to people: {@code en}, {@code ja}, or {@code both}, English above Japanese. */
        @WithDefault("en")
        ReportLanguage reportLanguage();

        /** When a sender is told that delivery takes longer, from reception. */
        @WithDefault("PT4H")
        Duration delayNoticeAfter();

        /** The next attempt, where something of the gateway's own was missing (the policy, a part of the content). */
        @WithDefault("PT1M")
        Duration localRetry();

        /** After which an attempt that still runs is noted in the schedule, and its input acknowledged. */
        @WithDefault("PT30S")
        Duration patience();

        /** How long a stopping pod waits for attempts that run. */
        @WithDefault("PT20S")
        Duration drain();

        BrokenTls brokenTls();

        Limits limits();

        Destinations destinations();

        TimeOuts timeOuts();

        Bounds bounds();
    }

    /** How all pods together treat a destination: a domain, or the host of a static route. */
    interface Destinations {

        /** Attempts at once at one that nothing is known of, of all pods together; 1 to {@link #mostConcurrency()}. */
        @WithDefault("20")
        int initialConcurrency();

        /** Attempts at once that it may grow to while all goes well, of all pods together. */
        @WithDefault("100")
        int mostConcurrency();

        /** Troubles in a row, without an answer between them, after which it is suspended; 1 or more. */
        @WithDefault("5")
        int failures();

        /** For how long, the first time; each time in a row it doubles, up to {@link #longestSuspension()}. */
        @WithDefault("PT1M")
        Duration suspension();

        @WithDefault("PT15M")
        Duration longestSuspension();
    }

    /** The memory of hosts whose TLS broke where it was opportunistic; what requires TLS never looks there. */
    interface BrokenTls {

        /** How long such a host gets opportunistic mail in plain text at once; PT0S (not at all) to P1D. */
        @WithDefault("PT1H")
        Duration remember();

        /** Hosts that are remembered at most, of all pods together. */
        @WithDefault("10000")
        int entries();
    }

    /** What this pod does at once. */
    interface Limits {

        @WithDefault("200")
        int concurrentAttempts();

        /** Of them, at one destination, whatever its share of the cluster's is. */
        @WithDefault("20")
        int attemptsPerDestination();

        /**
         * Groups of recipients that wait for a slot before one destination, a twentieth of it where nothing ends there; beyond,
         * mail goes into the schedule. Less than what may be in hand, and one poll more, sends mail there that would have gone at once.
         */
        @WithDefault("1000")
        int waitingPerDestination();

        /** Messages of the queue in memory. */
        @WithDefault("500")
        int messagesInHand();

        /** Octets of their content and envelopes. */
        @WithDefault("67108864")
        long bytesInHand();

        /** Rows of the schedule that are attempted at once. */
        @WithDefault("200")
        int rowsInHand();

        /** Records of a partition above its committed offset; beyond, it pauses. */
        @WithDefault("2000")
        int recordsAboveCommitted();
    }

    /** How long each step may take, see {@link DeliverySettings.TimeOuts}. */
    interface TimeOuts {

        @WithDefault("PT20S")
        Duration dns();

        @WithDefault("PT30S")
        Duration connect();

        @WithDefault("PT5M")
        Duration greeting();

        @WithDefault("PT5M")
        Duration command();

        @WithDefault("PT1M")
        Duration handshake();

        @WithDefault("PT2M")
        Duration data();

        @WithDefault("PT3M")
        Duration block();

        @WithDefault("PT10M")
        Duration finalDot();

        @WithDefault("PT10S")
        Duration quit();

        @WithDefault("PT5S")
        Duration idle();
    }

    /** What one attempt may cost, see {@link DeliverySettings.Bounds}. */
    interface Bounds {

        @WithDefault("5")
        int hosts();

        @WithDefault("4")
        int addressesPerHost();

        @WithDefault("PT30M")
        Duration attempt();

        @WithDefault("10000")
        int dnsCacheEntries();

        @WithDefault("100")
        int messagesPerConnection();
    }
}
