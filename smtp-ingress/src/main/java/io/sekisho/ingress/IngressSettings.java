package io.sekisho.ingress;

import io.quarkus.runtime.configuration.MemorySize;
import io.sekisho.ingress.listener.ListenerTls;
import io.sekisho.ingress.session.ListenerMode;
import io.sekisho.ingress.session.ListenerRules;
import io.sekisho.smtp.content.BareLf;
import io.sekisho.smtp.tls.TlsEngine;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration of the service. Kafka is under {@code kafka.*}, Redis under {@code quarkus.redis.hosts}. */
@ConfigMapping(prefix = "sekisho")
public interface IngressSettings {

    Smtp smtp();

    Policy policy();

    /** The listener "mx" and its sessions. */
    interface Smtp {

        /** The address to listen at. */
        @WithDefault("0.0.0.0")
        String host();

        /** The port to listen at; 0 takes a free one. In a cluster the service maps 25 to it. */
        @WithDefault("2525")
        int port();

        /** This host's name in the banner, in replies and in Received fields. Default: the name the machine has. */
        Optional<String> hostname();

        /**
         * Who reads mail to {@code <postmaster>} without a domain (RFC 5321 §4.5.1); of a managed domain. Default: the postmaster of the managed
         * domain that {@link #hostname} lies in, or of the only managed domain.
         */
        Optional<String> postmaster();

        Tls tls();

        /**
         * When clients are asked for their certificate. AUTO: while the policy has an inbound rule of level VERIFIED. To have none refuses
         * nobody but by such a rule.
         */
        @WithDefault("AUTO")
        ListenerTls.CertificateRequest clientCertificate();

        /** PEM file: the authorities that clients' certificates must chain to. Default: the JDK's. */
        Optional<Path> trustedCa();

        /**
         * What becomes of a LF without CR in the mail of relay sources and users. NORMALIZE takes it for CRLF; strangers' mail that has one is
         * refused all the same.
         */
        @WithDefault("REJECT")
        BareLf bareLf();

        /** Clients whose STARTTLS is broken, addresses or CIDR blocks: it is not offered to them. Rules that demand TLS refuse them. */
        Optional<List<String>> noStartTls();

        /** Further listeners by name: letters, digits and hyphens, other than {@code mx}. */
        Map<String, Listener> listeners();

        /** The largest message, in octets; 1K to 150M. Shown to clients as SIZE. */
        @WithDefault("50M")
        MemorySize sizeLimit();

        /** The most recipients of one message, 100 to 10,000 (RFC 5321 §4.5.3.1.8 asks for 100 at least). */
        @WithDefault("1000")
        int recipientLimit();

        /** The largest envelope: what it holds is a record header in Kafka. 256K to 1M. */
        @WithDefault("1M")
        MemorySize envelopeLimit();

        /**
         * Whether mail of strangers is refused where the domain of MAIL FROM does not exist in DNS ({@code 550 5.1.8}) or has a null MX
         * ({@code 550 5.7.27}). No answer of DNS refuses nothing.
         */
        @WithDefault("OFF")
        ListenerRules.SenderCheck senderDomainCheck();

        /** The DNS servers for it, {@code address} or {@code address:port}. Default: the system's. */
        Optional<List<String>> dnsServers();

        /** How long a look-up may take before the domain counts as unknown. PT0.1S to PT30S. */
        @WithDefault("PT5S")
        Duration dnsTimeout();

        /** After how many errors a connection is closed. */
        @WithDefault("20")
        int errorLimit();

        /** How many connections are served at once, by all listeners together; more are answered 421. */
        @WithDefault("12000")
        int connectionLimit();

        /** What one client's address may do, on all listeners together. */
        ClientLimits clientLimits();

        /** The memory for the content of all messages on their way; when it is used up they are answered 452. 8M or more. */
        @WithDefault("64M")
        MemorySize contentMemory();

        /** How many events may wait for Kafka; when no place is left no message is taken (451). */
        @WithDefault("50000")
        int eventPlaces();

        /** How long a client may take for a command, or between two pieces of content (RFC 5321 §4.5.3.2.7). */
        @WithDefault("PT5M")
        Duration idleTimeout();

        /** How long a client may take for the content of one message in all. */
        @WithDefault("PT1H")
        Duration contentTimeout();

        /** How long a TLS handshake may take. */
        @WithDefault("PT1M")
        Duration handshakeTimeout();

        /** How long a record may take into Kafka before the client is told to try again. PT2S to PT1M. */
        @WithDefault("PT10S")
        Duration queueTimeout();

        /** How long transactions may go on when the service is told to stop. */
        @WithDefault("PT30S")
        Duration drainTimeout();
    }

    /** What one client may do: an IPv4 address or, of IPv6, a /64. 0 is no limit. Loopback has none. */
    interface ClientLimits {

        /** How many connections it may have at once; more are answered 421. */
        @WithDefault("100")
        int connections();

        /** How many connections it may make; relay sources have no limit here, nor in the next two. */
        @WithDefault("600")
        int connectionsPerMinute();

        /** How many messages it may begin; more are answered 450 at MAIL. */
        @WithDefault("3000")
        int messagesPerMinute();

        /** How many recipients it may name; more are answered 450 at RCPT. */
        @WithDefault("10000")
        int recipientsPerMinute();

        /** How often it may give wrong credentials; then AUTH is answered 454 without a look at them. */
        @WithDefault("20")
        int failedLoginsPerMinute();

        /** Clients of whom nothing is limited, addresses or CIDR blocks. */
        Optional<List<String>> exempt();

        /** CLUSTER counts what a client does in all pods together, through Redis; without Redis each pod counts alone, as with POD. */
        @WithDefault("CLUSTER")
        Scope scope();

        /** Whose counts are added up. */
        enum Scope {
            POD,
            CLUSTER
        }
    }

    /** A listener beside "mx"; what is not said here is as there. */
    interface Listener {

        /** MX for other servers; SUBMISSION and IMPLICIT_TLS for users, who must log in: they need a certificate. */
        @WithDefault("MX")
        ListenerMode mode();

        /** The address to listen at. */
        @WithDefault("0.0.0.0")
        String host();

        /** The port to listen at; 0 takes a free one. */
        int port();

        /**
         * The CIDR blocks of the load balancers that come to it. With them every connection must begin with a PROXY header, version 1 or
         * 2, which names the client; nobody else is served there.
         */
        Optional<List<String>> proxyNetworks();

        /** The certificate of {@code sekisho.smtp.tls.further} that is shown to clients that name none of ours. */
        Optional<String> certificate();

        /** See {@link Smtp#clientCertificate}. */
        Optional<ListenerTls.CertificateRequest> clientCertificate();

        /** See {@link Smtp#noStartTls}. */
        Optional<List<String>> noStartTls();

        /** See {@link Smtp#bareLf}. */
        Optional<BareLf> bareLf();

        /** How many of {@link Smtp#connectionLimit} this listener may take. Default: all. */
        Optional<Integer> connectionLimit();

        /** The largest message here, in octets; not above {@link Smtp#sizeLimit}. */
        Optional<MemorySize> sizeLimit();
    }

    /** The service's certificates. Without one STARTTLS is not offered. */
    interface Tls {

        /** PEM file: our certificate, then its issuers. */
        Optional<Path> certificate();

        /** PEM file: the key, PKCS #8, not encrypted. */
        Optional<Path> key();

        /**
         * BORINGSSL, or for peers that have nothing newer than SSLv3 a process of its own with JDK_LEGACY: only clients that an
         * inbound address rule names come below TLSv1.2 there too.
         */
        @WithDefault("BORINGSSL")
        TlsEngine engine();

        /** Further certificates by name. A client that asks for a server name (SNI) is shown the one that carries it. */
        Map<String, CertificateFiles> further();

        /** How often the files are looked at: a certificate that was replaced needs no restart. PT1S to PT24H. */
        @WithDefault("PT30S")
        Duration reloadInterval();
    }

    /** One more certificate. */
    interface CertificateFiles {

        /** See {@link Tls#certificate}. */
        Path certificate();

        /** See {@link Tls#key}. */
        Path key();
    }

    /** Where the policy comes from when Redis is away. */
    interface Policy {

        /** The policy-service, {@code http://host:port}. */
        @WithDefault("http://127.0.0.1:8081")
        String url();

        /** An API key of role {@code service}. A secret. */
        Optional<String> serviceKey();

        /** How long a policy that is no longer fresh may decide. */
        @WithDefault("PT1H")
        Duration maxStale();
    }
}
