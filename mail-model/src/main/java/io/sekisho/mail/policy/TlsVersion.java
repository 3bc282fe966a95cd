package io.sekisho.mail.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** TLS protocol versions, oldest first: the order of the constants is the order of strength. */
public enum TlsVersion {
    SSLV3("SSLv3"),
    TLSV1("TLSv1"),
    TLSV1_1("TLSv1.1"),
    TLSV1_2("TLSv1.2"),
    TLSV1_3("TLSv1.3");

    /** The minimum where none is stated. */
    public static final TlsVersion DEFAULT_MINIMUM = TLSV1_2;

    private final String label;

    TlsVersion(String label) {
        this.label = label;
    }

    /** The name of the protocol as JSSE, OpenSSL and the interfaces of Sekisho spell it. */
    @JsonValue
    public String label() {
        return label;
    }

    public boolean isAtLeast(TlsVersion other) {
        return compareTo(other) >= 0;
    }

    /** The version of a session, by the name its TLS engine gives; {@code TLSv1.0} is {@code TLSv1}. */
    public static Optional<TlsVersion> ofProtocol(String protocol) {
        String name = protocol.equals("TLSv1.0") ? "TLSv1" : protocol;
        return Arrays.stream(values()).filter(v -> v.label.equals(name)).findFirst();
    }

    /**
     * Reads a label.
     *
     * @throws IllegalArgumentException naming the versions there are
     */
    @JsonCreator
    public static TlsVersion parse(String label) {
        return ofProtocol(label)
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not a TLS version; use one of "
                        + Arrays.stream(values()).map(TlsVersion::label).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return label;
    }
}
