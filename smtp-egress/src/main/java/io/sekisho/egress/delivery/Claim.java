package io.sekisho.egress.delivery;

/**
 * Whether an attempt may still go on. The courier asks before each connection and before the content; once
 * content is on its way the attempt is finished whatever the answer would be, so that its outcome is known.
 *
 * <p>Thread safety: asked on an event loop, must not block.
 */
@FunctionalInterface
public interface Claim {

    /** For attempts that nothing can take away. */
    Claim ALWAYS = () -> true;

    boolean isHeld();
}
