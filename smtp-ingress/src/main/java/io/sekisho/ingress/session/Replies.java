package io.sekisho.ingress.session;

import io.sekisho.ingress.submission.LoginExchange;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.smtp.command.Command;
import io.sekisho.smtp.command.CommandLine;
import io.sekisho.smtp.content.LineEndViolation;
import io.sekisho.smtp.reply.EnhancedStatus;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.UUID;

/** Every reply of a session that is not a decision about a recipient (RFC 5321 §4.2, RFC 3463, RFC 5248). */
public final class Replies {

    static final SmtpReply OK = reply(250, "2.0.0", "OK");
    static final SmtpReply SENDER_OK = reply(250, "2.1.0", "Sender OK");
    static final SmtpReply RECIPIENT_OK = reply(250, "2.1.5", "Recipient OK");
    static final SmtpReply START_MAIL_INPUT = SmtpReply.of(354, "Start mail input; end with <CRLF>.<CRLF>");
    static final SmtpReply CANNOT_VRFY =
            reply(252, "2.5.0", "Cannot VRFY user, but will accept message and attempt delivery");
    static final SmtpReply HELP = reply(
            214,
            "2.0.0",
            "Commands: EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT",
            "RFC 5321 says what they do");

    static final SmtpReply UNKNOWN_COMMAND = reply(500, "5.5.1", "Command not recognized");
    // RFC 5321 §4.5.3.1.9.
    static final SmtpReply LINE_TOO_LONG = reply(500, "5.5.2", "Line too long");
    static final SmtpReply GREET_FIRST = reply(503, "5.5.1", "Send EHLO or HELO first");
    static final SmtpReply MAIL_FIRST = reply(503, "5.5.1", "Send MAIL first");
    static final SmtpReply RCPT_FIRST = reply(503, "5.5.1", "Send RCPT first");
    static final SmtpReply NESTED_MAIL = reply(503, "5.5.1", "A transaction is open already; end it or send RSET");
    // For now only: a balancer that is set up wrongly must not bounce mail.
    static final SmtpReply CLIENT_UNNAMED = reply(
            451, "4.3.5", "The load balancer does not name its client (PROXY LOCAL or UNKNOWN); no mail is taken");
    // RFC 3030 §2.
    static final SmtpReply CONTENT_HAS_BEGUN =
            reply(503, "5.5.1", "The content has begun by BDAT; send the rest by BDAT, or RSET");
    static final SmtpReply NO_VALID_RECIPIENTS = reply(554, "5.5.1", "No valid recipients");
    static final SmtpReply NEEDS_SMTPUTF8 =
            reply(553, "5.6.7", "The address is not ASCII, and the client did not say SMTPUTF8");
    static final SmtpReply TOO_MANY_RECIPIENTS =
            reply(452, "4.5.3", "Too many recipients; send the others in another transaction");
    static final SmtpReply TOO_MANY_HOPS = reply(554, "5.4.6", "Too many Received fields: this message is in a loop");

    // RFC 3207 §4.
    static final SmtpReply TLS_FIRST = reply(530, "5.7.0", "Must issue a STARTTLS command first");
    // RFC 4954 §4, §6.
    static final SmtpReply LOGIN_NEEDS_TLS = reply(538, "5.7.11", "AUTH is taken inside TLS only; give STARTTLS first");
    static final SmtpReply LOGIN_FIRST = reply(530, "5.7.0", "Authentication required");
    static final SmtpReply LOGGED_IN = reply(235, "2.7.0", "Authentication succeeded");
    static final SmtpReply LOGGED_IN_ALREADY = reply(503, "5.5.1", "This session is authenticated already");
    static final SmtpReply AUTH_OUT_OF_ORDER = reply(503, "5.5.1", "AUTH is not taken within a transaction");
    static final SmtpReply LOGIN_REFUSED = reply(535, "5.7.8", "Authentication credentials invalid");
    static final SmtpReply LOGIN_UNDETERMINED =
            reply(454, "4.7.0", "Credentials cannot be checked now, try again later");
    static final SmtpReply TOO_MANY_FAILED_LOGINS = reply(454, "4.7.0", "Too many failed logins, try again later");
    static final SmtpReply LOGIN_CANCELLED = reply(501, "5.7.0", "Authentication cancelled");
    static final SmtpReply LOGIN_LINE_MALFORMED = reply(500, "5.5.6", "The response is no line that could be Base64");
    static final SmtpReply MECHANISM_UNKNOWN =
            reply(504, "5.5.4", "The mechanism is not offered; " + LoginExchange.MECHANISMS + " are");

    static final SmtpReply READY_FOR_TLS = reply(220, "2.0.0", "Ready to start TLS");
    static final SmtpReply TLS_ALREADY = reply(503, "5.5.1", "TLS is active already");
    static final SmtpReply TLS_UNAVAILABLE = reply(454, "4.7.0", "TLS not available due to local problem");
    static final SmtpReply OCTETS_BEHIND_STARTTLS =
            reply(554, "5.5.0", "Octets followed STARTTLS before the handshake; closing");

    private final String hostname;
    private final SmtpReply banner;
    private final SmtpReply helo;
    private final SmtpReply bye;
    private final SmtpReply timedOut;
    private final SmtpReply tooManyErrors;
    private final SmtpReply lineEndless;
    private final SmtpReply shuttingDown;
    private final SmtpReply tooManyConnections;
    private final SmtpReply balancersOnly;
    private final SmtpReply failure;
    private final SmtpReply tooLarge;

    Replies(String hostname, SessionLimits limits) {
        this.hostname = hostname;
        banner = SmtpReply.of(220, hostname + " ESMTP Sekisho");
        helo = SmtpReply.of(250, hostname);
        bye = reply(221, "2.0.0", hostname + " closing connection");
        timedOut = reply(421, "4.4.2", hostname + " Timeout, closing connection");
        tooManyErrors = reply(421, "4.7.0", hostname + " Too many errors, closing connection");
        lineEndless = reply(421, "4.7.0", hostname + " The command line does not end, closing connection");
        shuttingDown = reply(421, "4.3.2", hostname + " Service is going down, try again");
        tooManyConnections = reply(421, "4.3.2", hostname + " Too many connections, try again later");
        balancersOnly = reply(421, "4.3.5", hostname + " This port is for load balancers, closing connection");
        failure = reply(421, "4.3.0", hostname + " Internal error, try again later");
        tooLarge = reply(552, "5.3.4", "Message is larger than the limit of " + limits.messageOctets() + " octets");
    }

    /** 220 at connect; no enhanced status there (RFC 2034 §4). */
    public SmtpReply banner() {
        return banner;
    }

    SmtpReply helo() {
        return helo;
    }

    SmtpReply bye() {
        return bye;
    }

    SmtpReply timedOut() {
        return timedOut;
    }

    SmtpReply tooManyErrors() {
        return tooManyErrors;
    }

    SmtpReply lineEndless() {
        return lineEndless;
    }

    /** To a new or idle session while the service is going down. */
    public SmtpReply shuttingDown() {
        return shuttingDown;
    }

    /** Instead of the banner, where the service has as many connections as it can hold. */
    public SmtpReply tooManyConnections() {
        return tooManyConnections;
    }

    /** Instead of the banner, where one client has as many connections as it may. */
    public SmtpReply tooManyConnections(IpAddress client) {
        return reply(421, "4.7.0", hostname + " Too many connections from " + client);
    }

    // For now only, and for the whole transaction: the same message may come a minute later.
    static SmtpReply tooManyMessages(IpAddress client) {
        return reply(450, "4.7.1", "Too many messages from " + client + ", try again later");
    }

    static SmtpReply tooManyRecipients(IpAddress client) {
        return reply(450, "4.7.1", "Too many recipients from " + client + ", try again later");
    }

    /** Instead of the banner, to whoever is no balancer on a listener for balancers: temporary, as the cause is ours. */
    public SmtpReply balancersOnly() {
        return balancersOnly;
    }

    /** For a bug of ours: never a 5yz, since the message is not at fault. */
    public SmtpReply failure() {
        return failure;
    }

    SmtpReply tooLarge() {
        return tooLarge;
    }

    static SmtpReply queued(UUID id) {
        return reply(250, "2.0.0", "OK queued as " + id);
    }

    static SmtpReply unavailable(SessionInput.Shortage shortage) {
        return switch (shortage) {
            case QUEUE -> reply(451, "4.3.0", "The queue cannot be written, try again later");
            // RFC 5321 §4.2.3: insufficient system storage.
            case MEMORY -> reply(452, "4.3.1", "Not enough memory for the message, try again later");
        };
    }

    static SmtpReply noSuchSenderDomain(DomainName domain) {
        return reply(
                550, "5.1.8", "The sender's domain " + domain.ascii() + " has neither an MX nor an address in DNS");
    }

    static SmtpReply senderTakesNoMail(DomainName domain) {
        return reply(550, "5.7.27", "The sender's domain " + domain.ascii() + " has a null MX (RFC 7505)");
    }

    static SmtpReply loginMalformed(String why) {
        return reply(501, "5.5.2", "The response cannot be understood: " + why);
    }

    static SmtpReply notImplemented(String verb) {
        return reply(502, "5.5.1", verb + " is not offered here");
    }

    static SmtpReply malformed(CommandLine.Violation violation) {
        return switch (violation) {
            case NUL -> reply(500, "5.5.2", "A command line must not have a NUL");
            case BARE_CR -> reply(500, "5.5.2", "A command line must not have a CR without LF (RFC 5321 2.3.8)");
            case BARE_LF -> reply(500, "5.5.2", "A command line ends with CRLF, not with LF (RFC 5321 2.3.8)");
            case NOT_UTF8 -> reply(500, "5.5.2", "A command line must be ASCII or UTF-8");
        };
    }

    static SmtpReply bare(LineEndViolation violation) {
        return reply(550, "5.6.11", bareOctet(violation) + "; closing connection");
    }

    static SmtpReply bareInChunk(LineEndViolation violation) {
        return reply(550, "5.6.11", bareOctet(violation));
    }

    private static String bareOctet(LineEndViolation violation) {
        String octet = violation == LineEndViolation.BARE_CR ? "CR without LF" : "LF without CR";
        return "The message has a " + octet + " (RFC 5321 2.3.8)";
    }

    static SmtpReply chunkTaken(long octets) {
        return reply(250, "2.0.0", octets + " octets received");
    }

    static SmtpReply syntaxError(Command.SyntaxError wrong) {
        String text = wrong.detail();
        return switch (wrong.fault()) {
            case MISSING_ARGUMENT, UNEXPECTED_ARGUMENT, BAD_PARAMETER -> reply(501, "5.5.4", text);
            case BAD_CLIENT_NAME -> reply(501, "5.5.2", text);
            case BAD_PATH -> reply(501, wrong.verb().equals("MAIL") ? "5.1.7" : "5.1.3", text);
            case NEEDS_SMTPUTF8 -> NEEDS_SMTPUTF8;
            case UNKNOWN_PARAMETER -> reply(555, "5.5.4", text);
        };
    }

    private static SmtpReply reply(int code, String status, String... lines) {
        return SmtpReply.of(code, EnhancedStatus.of(status), lines);
    }
}
