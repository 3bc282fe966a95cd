package io.sekisho.smtp.command;

import io.sekisho.smtp.command.Command.Characters;
import io.sekisho.smtp.command.Command.Fault;
import io.sekisho.smtp.command.Command.SyntaxError;
import io.sekisho.smtp.path.ForwardPath;
import io.sekisho.smtp.path.MailboxDomain;
import io.sekisho.smtp.path.PathFault;
import io.sekisho.smtp.path.PathResult;
import io.sekisho.smtp.path.ReversePath;
import io.sekisho.smtp.reply.EhloKeyword;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Understands command lines, given what the server offers. Immutable. */
public final class CommandParser {

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x21-\\x7e]");
    // RFC 4422 §3.1.
    private static final Pattern SASL_MECHANISM = Pattern.compile("[A-Za-z0-9_-]{1,20}");
    private static final int LONGEST_VERB_SHOWN = 40;

    private final Set<EhloKeyword> offered;

    /** A parser for a server that offers these extensions: parameters of others are unknown to it. */
    public CommandParser(Set<EhloKeyword> offered) {
        this.offered = Set.copyOf(offered);
    }

    /** Understands one line; never fails. */
    public Command parse(String line) {
        // RFC 5321 §4.1.1: trailing white space is tolerated.
        String stripped = line.stripTrailing();
        int space = stripped.indexOf(' ');
        String verb = (space < 0 ? stripped : stripped.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : stripped.substring(space + 1).stripLeading();
        return switch (verb) {
            case "EHLO" -> greeting(verb, argument, Command.Ehlo::new);
            case "HELO" -> greeting(verb, argument, Command.Helo::new);
            case "MAIL" -> mail(argument);
            case "RCPT" -> rcpt(argument);
            case "STARTTLS" -> bare(verb, argument, Command.StartTls::new);
            case "DATA" -> bare(verb, argument, Command.Data::new);
            case "BDAT" ->
                offered.contains(EhloKeyword.CHUNKING) ? ChunkSyntax.parse(argument) : new Command.Unknown(verb);
            case "AUTH" -> offered.contains(EhloKeyword.AUTH) ? auth(argument) : new Command.Unknown(verb);
            case "RSET" -> bare(verb, argument, Command.Rset::new);
            case "QUIT" -> bare(verb, argument, Command.Quit::new);
            // RFC 5321 §4.1.1.9: an argument of NOOP is ignored.
            case "NOOP" -> new Command.Noop();
            case "VRFY" -> vrfy(argument);
            default -> new Command.Unknown(shown(verb));
        };
    }

    private static Command bare(String verb, String argument, Supplier<Command> command) {
        // RFC 5321 §4.1.1.4 and others, RFC 3207 §4: 501 if there is an argument.
        return argument.isEmpty()
                ? command.get()
                : new SyntaxError(verb, Fault.UNEXPECTED_ARGUMENT, verb + " takes no argument");
    }

    // RFC 4954 §4: mechanism [SP initial-response].
    private static Command auth(String argument) {
        String[] words = argument.split(" +", -1);
        if (words.length > 2 || !SASL_MECHANISM.matcher(words[0]).matches()) {
            return new SyntaxError(
                    "AUTH",
                    argument.isEmpty() ? Fault.MISSING_ARGUMENT : Fault.BAD_PARAMETER,
                    "the argument is a mechanism and perhaps an initial response");
        }
        return new Command.Auth(
                words[0].toUpperCase(Locale.ROOT), words.length == 2 ? Optional.of(words[1]) : Optional.empty());
    }

    private Command vrfy(String argument) {
        // RFC 6531 §3.7.4.2: the only parameter that VRFY can have.
        boolean smtpUtf8 = offered.contains(EhloKeyword.SMTPUTF8)
                && argument.toUpperCase(Locale.ROOT).endsWith(" SMTPUTF8");
        String user = smtpUtf8
                ? argument.substring(0, argument.length() - " SMTPUTF8".length())
                        .strip()
                : argument;
        if (user.isEmpty()) {
            return new SyntaxError("VRFY", Fault.MISSING_ARGUMENT, "VRFY needs a user name or mailbox");
        }
        return !smtpUtf8 && characters(user) == Characters.UTF8
                ? new SyntaxError("VRFY", Fault.NEEDS_SMTPUTF8, "the name needs SMTPUTF8")
                : new Command.Vrfy(user);
    }

    private static Command greeting(String verb, String client, Function<String, Command> command) {
        if (client.isEmpty()) {
            return new SyntaxError(verb, Fault.MISSING_ARGUMENT, verb + " needs the client's name");
        }
        if (MailboxDomain.parse(client).isEmpty() && !isLooseName(client)) {
            return new SyntaxError(
                    verb,
                    Fault.BAD_CLIENT_NAME,
                    verb + " needs a domain name or an address literal (RFC 5321 §4.1.1.1)");
        }
        return command.apply(client);
    }

    // RFC 5321 §4.1.4: mail must not be refused because the name fails verification. Real clients send names with
    // stray hyphens, or a bare address; what matters here is that nothing but name characters gets through.
    private static boolean isLooseName(String client) {
        return client.length() <= 255 && client.chars().allMatch(CommandParser::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == ':';
    }

    private Command mail(String argument) {
        if (!hasKeyword(argument, "FROM:")) {
            return new SyntaxError("MAIL", missingOrBad(argument), "the argument is FROM:<reverse-path>");
        }
        return switch (ReversePath.parse(path(argument, "FROM:"))) {
            case PathResult.Refused<ReversePath>(PathFault fault) -> badPath("MAIL", fault);
            case PathResult.Parsed<ReversePath>(ReversePath reversePath, String rest) -> {
                try {
                    MailParameters parameters = EsmtpParameters.ofMail(rest, offered);
                    yield characters(argument) == Characters.UTF8 && !parameters.smtpUtf8()
                            ? new SyntaxError("MAIL", Fault.NEEDS_SMTPUTF8, "the address needs SMTPUTF8")
                            : new Command.Mail(reversePath, parameters);
                } catch (EsmtpParameters.Refused refused) {
                    yield new SyntaxError("MAIL", refused.fault(), refused.getMessage());
                }
            }
        };
    }

    private Command rcpt(String argument) {
        if (!hasKeyword(argument, "TO:")) {
            return new SyntaxError("RCPT", missingOrBad(argument), "the argument is TO:<forward-path>");
        }
        return switch (ForwardPath.parse(path(argument, "TO:"))) {
            case PathResult.Refused<ForwardPath>(PathFault fault) -> badPath("RCPT", fault);
            case PathResult.Parsed<ForwardPath>(ForwardPath forwardPath, String rest) -> {
                try {
                    yield new Command.Rcpt(forwardPath, EsmtpParameters.ofRcpt(rest, offered), characters(argument));
                } catch (EsmtpParameters.Refused refused) {
                    yield new SyntaxError("RCPT", refused.fault(), refused.getMessage());
                }
            }
        };
    }

    private static SyntaxError badPath(String verb, PathFault fault) {
        return new SyntaxError(verb, Fault.BAD_PATH, fault.reason());
    }

    private static Fault missingOrBad(String argument) {
        return argument.isEmpty() ? Fault.MISSING_ARGUMENT : Fault.BAD_PATH;
    }

    private static boolean hasKeyword(String argument, String keyword) {
        return argument.regionMatches(true, 0, keyword, 0, keyword.length());
    }

    // RFC 5321 §3.3 forbids a space before the path; clients that put one there are many and harmless.
    private static String path(String argument, String keyword) {
        return argument.substring(keyword.length()).stripLeading();
    }

    private static Characters characters(String argument) {
        return argument.chars().allMatch(c -> c < 0x80) ? Characters.ASCII : Characters.UTF8;
    }

    private static String shown(String verb) {
        String cut = verb.length() > LONGEST_VERB_SHOWN ? verb.substring(0, LONGEST_VERB_SHOWN) : verb;
        return NOT_PRINTABLE.matcher(cut).replaceAll("?");
    }
}
