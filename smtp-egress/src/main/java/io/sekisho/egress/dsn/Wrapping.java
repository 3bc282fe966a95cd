package io.sekisho.egress.dsn;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks text into lines of about 76 columns (RFC 5322 §2.1.1: a line should have 78 at most): between words, and between the
 * characters of Japanese, which are two columns wide and have no spaces.
 */
final class Wrapping {

    private static final int LINE = 76;

    /** Japanese punctuation that does not begin a line. */
    private static final String CLOSING = "。、」』）：！？ー";

    /** A piece that is not broken. */
    private record Piece(String text, boolean afterSpace, int columns) {}

    private Wrapping() {}

    /** A paragraph behind an indent, its lines ended by CRLF. */
    static String paragraph(String indent, String text) {
        StringBuilder wrapped = new StringBuilder(indent);
        int column = indent.length();
        for (Piece piece : pieces(text)) {
            int space = piece.afterSpace && column > indent.length() ? 1 : 0;
            if (column + space + piece.columns > LINE && column > indent.length()) {
                wrapped.append("\r\n").append(indent);
                column = indent.length();
                space = 0;
            }
            wrapped.append(" ".repeat(space)).append(piece.text);
            column += space + piece.columns;
        }
        return wrapped.append("\r\n").toString();
    }

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        boolean afterSpace = false;
        for (int c : text.codePoints().toArray()) {
            boolean closes = CLOSING.indexOf(c) >= 0;
            if (c == ' ' || (isWide(c) && !closes) || (!piece.isEmpty() && endsWide(piece) && !closes)) {
                afterSpace = finish(pieces, piece, afterSpace);
            }
            if (c == ' ') {
                afterSpace = true;
            } else {
                piece.appendCodePoint(c);
            }
        }
        finish(pieces, piece, afterSpace);
        return pieces;
    }

    /** Whether the space before is still to be said of the next piece: only where there was nothing to finish. */
    private static boolean finish(List<Piece> pieces, StringBuilder piece, boolean afterSpace) {
        if (piece.isEmpty()) {
            return afterSpace;
        }
        int columns = piece.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
        pieces.add(new Piece(piece.toString(), afterSpace, columns));
        piece.setLength(0);
        return false;
    }

    private static boolean endsWide(StringBuilder piece) {
        return isWide(piece.codePointBefore(piece.length()));
    }

    private static boolean isWide(int c) {
        // CJK punctuation, kana, ideographs and full-width forms (Unicode UAX #11).
        return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xff60);
    }
}
