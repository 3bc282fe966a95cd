package io.sekisho.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The ways in which bytes can arrive: whole, split at each position, octet by octet, at random. */
public final class Chunks {

    private Chunks() {}

    public static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Every way that a decoder is tried with; each an input in pieces. */
    public static List<List<ByteBuffer>> waysToCut(byte[] input) {
        List<List<ByteBuffer>> ways = new ArrayList<>();
        ways.add(cut(input));
        for (int at = 1; at < input.length; at++) {
            ways.add(cut(input, at));
        }
        int[] everywhere = new int[Math.max(0, input.length - 1)];
        Arrays.setAll(everywhere, i -> i + 1);
        ways.add(cut(input, everywhere));
        Random random = new Random(20260424);
        for (int i = 0; i < 20 && input.length > 2; i++) {
            ways.add(cut(
                    input,
                    random.ints(random.nextInt(8) + 1, 1, input.length).sorted().toArray()));
        }
        return ways;
    }

    private static List<ByteBuffer> cut(byte[] input, int... positions) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int from = 0;
        for (int to : positions) {
            pieces.add(ByteBuffer.wrap(Arrays.copyOfRange(input, from, to)));
            from = to;
        }
        pieces.add(ByteBuffer.wrap(Arrays.copyOfRange(input, from, input.length)));
        return pieces;
    }
}
