package io.sekisho.policyservice.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sekisho.policyservice.peerfile.CsvPeers;
import io.sekisho.policyservice.peerfile.FilePeer;
import io.sekisho.policyservice.peerfile.PostfixCidr;
import io.sekisho.policyservice.peerfile.PostfixSenderAccess;
import io.sekisho.policyservice.peerfile.PostfixTlsPolicy;
import io.sekisho.policyservice.peerfile.ReadLine;
import io.sekisho.rest.Faults;
import io.sekisho.rest.Refusal;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads a file of peers in any format. What it does takes time: not for an event loop. */
@Singleton
class PeerFileReader {
    /** With comments and continuations, for as many peers as a domain may have. */
    private static final long MOST_TABLE_LINES = 100_000;

    private final ObjectMapper json;

    PeerFileReader(ObjectMapper json) {
        this.json = json;
    }

    /**
     * All that the file says.
     *
     * @throws Refusal 400 where it is no text
     */
    ImportedPeers read(byte[] file, PeerFormat format, PostfixSenderAccess.Subdomains subdomains) {
        String text = text(file);
        return switch (format) {
            case JSON -> JsonPeers.read(text, json);
            case CSV -> check(CsvPeers.read(text));
            case POSTFIX_TLS_POLICY -> check(PostfixTlsPolicy.read(table(text)));
            case POSTFIX_SENDER_ACCESS -> check(PostfixSenderAccess.read(table(text), subdomains));
            case POSTFIX_CIDR -> check(PostfixCidr.read(table(text)));
        };
    }

    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw Refusal.badRequest("body", "must be text in UTF-8");
        }
    }

    private static String table(String text) {
        long lines = text.chars().filter(c -> c == '\n').count();
        if (lines > MOST_TABLE_LINES) {
            throw Refusal.badRequest("body", "has " + lines + " lines, and may have " + MOST_TABLE_LINES);
        }
        return text;
    }

    private static ImportedPeers check(List<ReadLine> lines) {
        ImportedPeers.Builder read = new ImportedPeers.Builder();
        for (ReadLine line : lines) {
            switch (line) {
                case ReadLine.Stated stated -> check(read, stated);
                case ReadLine.Skipped skipped -> read.skip(skipped.number(), skipped.warning());
                case ReadLine.Unreadable unreadable ->
                    unreadable.faults().forEach(fault -> read.fault(fault.at(unreadable.number())));
            }
        }
        return read.build();
    }

    private static void check(ImportedPeers.Builder read, ReadLine.Stated line) {
        Faults faults = new Faults();
        PeerSettings settings = PeerRules.read(faults, Optional.empty(), body(line.peer()));
        if (faults.all().isEmpty()) {
            read.add(line.number(), settings, line.warnings());
        }
        faults.all().forEach(fault -> read.fault(fault.at(line.number())));
    }

    private static PeerBody body(FilePeer peer) {
        return new PeerBody(
                null,
                peer.direction(),
                peer.peer(),
                peer.level(),
                peer.minimumVersion().orElse(null),
                peer.enabled().orElse(null),
                peer.onViolation().orElse(null),
                peer.tlsGiveUpAfter().orElse(null),
                peer.certificateNames(),
                peer.override().orElse(null),
                peer.description(),
                null);
    }
}
