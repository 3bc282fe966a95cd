package io.sekisho.smtp.command;

import io.sekisho.smtp.command.Command.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The argument of BDAT: {@code chunk-size [SP "LAST"]}, the size in 1 to 20 digits (RFC 3030 §2). */
final class ChunkSyntax {

    private static final Pattern ARGUMENT = Pattern.compile("([0-9]{1,20})( +LAST)?", Pattern.CASE_INSENSITIVE);

    private ChunkSyntax() {}

    static Command parse(String argument) {
        if (argument.isEmpty()) {
            return new Command.SyntaxError("BDAT", Fault.MISSING_ARGUMENT, "BDAT needs the size of the chunk");
        }
        Matcher matcher = ARGUMENT.matcher(argument);
        if (!matcher.matches()) {
            return new Command.SyntaxError(
                    "BDAT", Fault.BAD_PARAMETER, "the argument of BDAT is a number of octets, and LAST or nothing");
        }
        Chunk.Place place = matcher.group(2) == null ? Chunk.Place.MORE_FOLLOW : Chunk.Place.LAST;
        return new Command.Bdat(new Chunk(octets(matcher.group(1)), place));
    }

    // Twenty digits exceed a long: what does not fit exceeds every limit anyway.
    private static long octets(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException beyondLong) {
            return Long.MAX_VALUE;
        }
    }
}
