package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.Chunks;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFlightReaderTest {

    private static final int KEY_SHARE = 51;
    private static final int SUPPORTED_VERSIONS = 43;

    @Test
    void readsTheKeyShareOfTls13() {
        byte[] hello = serverHello(extension(SUPPORTED_VERSIONS, 3, 4), extension(KEY_SHARE, 0x11, 0xec, 0, 2, 1, 1));

        assertThat(readEveryWay(record(22, hello))).contains("X25519MLKEM768");
    }

    @Test
    void readsTheGroupOfAHelloRetryRequest() {
        // RFC 8446 §4.2.8: there key_share is the group alone; the client must then use it.
        assertThat(readEveryWay(record(22, serverHello(extension(KEY_SHARE, 0, 0x17)))))
                .contains("P-256");
    }

    @Test
    void readsTheCurveOfServerKeyExchange() {
        byte[] flight = concat(
                message(2, helloBody(extension(65281, 0))),
                message(11, new byte[5000]),
                message(12, new byte[] {3, 0, 0x1d, 1, 1}),
                message(14, new byte[0]));

        assertThat(readEveryWay(records(flight, 1200))).contains("X25519");
    }

    @Test
    void findsNoGroupWhereThereIsNoKeyExchange() {
        byte[] flight = concat(message(2, helloBody()), message(11, new byte[300]), message(14, new byte[0]));

        assertThat(readEveryWay(record(22, flight))).isEmpty();
    }

    @Test
    void findsNoGroupInAFiniteFieldKeyExchange() {
        byte[] flight = concat(message(2, helloBody()), message(12, new byte[] {0, 4, 1, 2, 3, 4, 5, 6}));

        assertThat(readEveryWay(record(22, flight))).isEmpty();
    }

    @Test
    void looksNoFurtherThanTheFirstOtherRecord() {
        ServerFlightReader reader = new ServerFlightReader();
        reader.read(ByteBuffer.wrap(record(21, new byte[] {2, 40})));

        assertThat(reader.isDone()).isTrue();

        reader.read(ByteBuffer.wrap(record(22, serverHello(extension(KEY_SHARE, 0, 0x1d)))));
        assertThat(reader.group()).isEmpty();
    }

    @Test
    void neverFailsWhateverTheOctetsAre() {
        Random random = new Random(8446);
        byte[] good = record(22, serverHello(extension(KEY_SHARE, 0, 0x1d, 0, 2, 1, 1)));
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = Arrays.copyOf(good, good.length);
            for (int i = random.nextInt(6); i >= 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            ServerFlightReader reader = new ServerFlightReader();
            reader.read(ByteBuffer.wrap(octets));
            reader.read(ByteBuffer.wrap(octets));

            assertThat(reader.group().orElse("")).matches("[A-Za-z0-9-]*");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x0017, P-256",
        "0x0018, P-384",
        "0x0019, P-521",
        "0x001d, X25519",
        "0x001e, X448",
        "0x0100, ffdhe2048",
        "0x0101, ffdhe3072",
        "0x0102, ffdhe4096",
        "0x11eb, SecP256r1MLKEM768",
        "0x11ec, X25519MLKEM768",
        "0x11ed, SecP384r1MLKEM1024",
        "0x0a0a, 0x0a0a",
    })
    void namesGroups(String codePoint, String name) {
        assertThat(KeyExchangeGroup.name(Integer.decode(codePoint))).isEqualTo(name);
    }

    private static Optional<String> readEveryWay(byte[] flight) {
        ServerFlightReader whole = new ServerFlightReader();
        whole.read(ByteBuffer.wrap(flight));
        for (List<ByteBuffer> way : Chunks.waysToCut(flight)) {
            ServerFlightReader reader = new ServerFlightReader();
            way.forEach(reader::read);
            assertThat(reader.group()).isEqualTo(whole.group());
            assertThat(reader.isDone()).isEqualTo(whole.isDone());
        }
        return whole.group();
    }

    private static byte[] serverHello(byte[]... extensions) {
        return message(2, helloBody(extensions));
    }

    private static byte[] helloBody(byte[]... extensions) {
        byte[] all = concat(extensions);
        byte[] fixed = new byte[2 + 32];
        Arrays.fill(fixed, (byte) 3);
        return concat(
                fixed,
                new byte[] {4, 1, 2, 3, 4},
                new byte[] {0x13, 1, 0},
                new byte[] {(byte) (all.length >> 8), (byte) all.length},
                all);
    }

    private static byte[] extension(int type, int... data) {
        byte[] octets = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            octets[i] = (byte) data[i];
        }
        return concat(new byte[] {(byte) (type >> 8), (byte) type, 0, (byte) data.length}, octets);
    }

    private static byte[] message(int type, byte[] body) {
        return concat(new byte[] {(byte) type, 0, (byte) (body.length >> 8), (byte) body.length}, body);
    }

    private static byte[] record(int type, byte[] content) {
        return concat(new byte[] {(byte) type, 3, 3, (byte) (content.length >> 8), (byte) content.length}, content);
    }

    private static byte[] records(byte[] content, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += size) {
            out.writeBytes(record(22, Arrays.copyOfRange(content, at, Math.min(content.length, at + size))));
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
