package io.sekisho.smtp.path;

/**
 * What parsing a path gave.
 *
 * @param <P> the kind of path
 */
public sealed interface PathResult<P> {

    /**
     * A path.
     *
     * @param rest what follows the closing bracket
     */
    record Parsed<P>(P path, String rest) implements PathResult<P> {}

    /** Not a path. */
    record Refused<P>(PathFault fault) implements PathResult<P> {}
}
