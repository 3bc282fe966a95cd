package io.sekisho.ingress.session;

/**
 * What a client has done since it connected, or since its last accepted message, that brings no mail forward.
 *
 * <p>Refusals that the client could not foresee (the policy of a recipient, a full envelope, our own trouble) are no
 * errors: a mailing of which fifty recipients demand TLS must not end with the session.
 *
 * @param errors wrong commands, broken messages, attempts to relay
 * @param idleCommands commands that achieve nothing: NOOP, RSET, VRFY, HELP, greetings, and what follows a refused MAIL
 */
public record Conduct(int errors, int idleCommands) {

    /** Nothing said yet. */
    public static final Conduct UNKNOWN = new Conduct(0, 0);

    /** How many idle commands are for free; a client that polls with NOOP stays far below. */
    static final int IDLE_COMMANDS_FREE = 200;

    Conduct erred() {
        return new Conduct(errors + 1, idleCommands);
    }

    /** Beyond {@link #IDLE_COMMANDS_FREE} each idle command is an error, so that no client can go on for ever. */
    Conduct idled() {
        return idleCommands < IDLE_COMMANDS_FREE ? new Conduct(errors, idleCommands + 1) : erred();
    }
}
