package io.sekisho.mail.policy;

/**
 * Where the published policy stands in Redis.
 *
 * <p>Writing is one atomic step per change: {@code HSET snapshot}, {@code XADD changes n-0}, {@code SET head}. A reader
 * takes the head, then the whole snapshot (it may hold newer domains than the head said: each carries its revision),
 * then follows the changes from {@code head.n-0}. Entry ids are the change numbers without a gap, so a reader that
 * sees one is missing (the stream is capped) loads the snapshot again.
 */
public final class PolicyKeys {

    /** String: a {@link PolicyHead} as JSON. */
    public static final String HEAD = "sekisho:policy:head";

    /** Hash: SHA-256 of an API key in hex to its {@code ApiKeyGrant} as JSON. */
    public static final String API_KEYS = "sekisho:access:api-keys";

    /** Field of a change: what changed, {@link #KIND_DOMAIN} or another kind, which a reader of domains counts and skips. */
    public static final String CHANGE_KIND = "kind";

    /** Field of a change: the name of what changed; for a domain, the field of the snapshot to read anew. */
    public static final String CHANGE_NAME = "name";

    public static final String KIND_DOMAIN = "domain";
    public static final String KIND_API_KEY = "api-key";

    /** How many changes the stream keeps, about; a reader further behind loads the snapshot. */
    public static final int CHANGES_KEPT = 10_000;

    private PolicyKeys() {}

    /** Hash: domain to {@link CompiledDomain} as JSON; deleted domains are not in it. */
    public static String snapshot(String epoch) {
        return "sekisho:policy:{" + epoch + "}:domains";
    }

    /** Stream: one entry per change, its id is {@code n-0}. */
    public static String changes(String epoch) {
        return "sekisho:policy:{" + epoch + "}:changes";
    }
}
