package io.sekisho.smtp.command;

import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.DsnParameters;
import io.sekisho.smtp.command.Command.Fault;
import io.sekisho.smtp.reply.EhloKeyword;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the parameters behind a path (RFC 5321 §4.1.2, {@code Mail-parameters} and {@code Rcpt-parameters}). Each is
 * known only where its extension was offered.
 */
final class EsmtpParameters {

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([^=\\x00-\\x20\\x7f]+))?");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,20}");

    /** Thrown within this package only, so that a reader sees the straight path. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final Fault fault;

        Refused(Fault fault, String detail) {
            super(detail, null, false, false);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    private final Map<String, Optional<String>> given = new LinkedHashMap<>();

    private EsmtpParameters(String text) throws Refused {
        if (!text.isEmpty() && text.charAt(0) != ' ') {
            throw new Refused(Fault.BAD_PATH, "a space must separate the path from its parameters");
        }
        for (String word : text.strip().split(" +", -1)) {
            if (!word.isEmpty()) {
                add(word);
            }
        }
    }

    private void add(String word) throws Refused {
        var matcher = PARAMETER.matcher(word);
        if (!matcher.matches()) {
            throw new Refused(Fault.BAD_PARAMETER, "not a parameter: " + word);
        }
        String keyword = matcher.group(1).toUpperCase(Locale.ROOT);
        if (given.put(keyword, Optional.ofNullable(matcher.group(2))) != null) {
            throw new Refused(Fault.BAD_PARAMETER, keyword + " stands twice");
        }
    }

    static MailParameters ofMail(String text, Set<EhloKeyword> offered) throws Refused {
        EsmtpParameters parameters = new EsmtpParameters(text);
        OptionalLong size = OptionalLong.empty();
        BodyType body = BodyType.SEVEN_BIT;
        Optional<String> ret = Optional.empty();
        Optional<String> envid = Optional.empty();
        Optional<String> auth = Optional.empty();
        boolean smtpUtf8 = false;
        for (String keyword : parameters.given.keySet()) {
            parameters.require(extensionOfMail(keyword), offered, keyword);
            switch (keyword) {
                case "SIZE" -> size = size(parameters.matching(keyword, SIZE));
                case "BODY" -> body = parameters.body(offered);
                case "RET" -> ret = Optional.of(parameters.oneOf(keyword, List.of("FULL", "HDRS")));
                case "ENVID" -> envid = Optional.of(parameters.envelopeId());
                case "AUTH" -> auth = Optional.of(parameters.xtext(keyword, 500));
                case "SMTPUTF8" -> smtpUtf8 = parameters.flag(keyword);
                default -> throw new IllegalStateException(keyword);
            }
        }
        return new MailParameters(size, body, new DsnParameters(ret, envid), smtpUtf8, auth);
    }

    static RcptParameters ofRcpt(String text, Set<EhloKeyword> offered) throws Refused {
        EsmtpParameters parameters = new EsmtpParameters(text);
        Optional<String> notifyOn = Optional.empty();
        Optional<String> orcpt = Optional.empty();
        for (String keyword : parameters.given.keySet()) {
            boolean known = keyword.equals("NOTIFY") || keyword.equals("ORCPT");
            parameters.require(known ? Optional.of(EhloKeyword.DSN) : Optional.empty(), offered, keyword);
            if (keyword.equals("NOTIFY")) {
                notifyOn = Optional.of(parameters.notifyOn());
            } else {
                orcpt = Optional.of(parameters.originalRecipient());
            }
        }
        return new RcptParameters(notifyOn, orcpt);
    }

    private static Optional<EhloKeyword> extensionOfMail(String keyword) {
        return switch (keyword) {
            case "SIZE" -> Optional.of(EhloKeyword.SIZE);
            case "BODY" -> Optional.of(EhloKeyword.EIGHTBITMIME);
            case "RET", "ENVID" -> Optional.of(EhloKeyword.DSN);
            case "AUTH" -> Optional.of(EhloKeyword.AUTH);
            case "SMTPUTF8" -> Optional.of(EhloKeyword.SMTPUTF8);
            default -> Optional.empty();
        };
    }

    private void require(Optional<EhloKeyword> extension, Set<EhloKeyword> offered, String keyword) throws Refused {
        if (extension.isEmpty() || !offered.contains(extension.get())) {
            throw new Refused(Fault.UNKNOWN_PARAMETER, keyword + " is not a parameter of an extension offered here");
        }
    }

    // Twenty digits exceed a long: what does not fit exceeds every limit anyway.
    private static OptionalLong size(String digits) {
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException beyondLong) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }

    private BodyType body(Set<EhloKeyword> offered) throws Refused {
        String value = oneOf("BODY", List.of("7BIT", "8BITMIME", "BINARYMIME"));
        BodyType type = BodyType.parse(value);
        // RFC 3030 §3: an extension of its own, which needs CHUNKING, since DATA cannot carry it.
        if (type == BodyType.BINARY_MIME && !offered.contains(EhloKeyword.BINARYMIME)) {
            throw new Refused(Fault.BAD_PARAMETER, "BODY=BINARYMIME is not offered here");
        }
        return type;
    }

    private boolean flag(String keyword) throws Refused {
        if (given.get(keyword).isPresent()) {
            throw new Refused(Fault.BAD_PARAMETER, keyword + " takes no value");
        }
        return true;
    }

    private String oneOf(String keyword, List<String> values) throws Refused {
        String value = value(keyword).toUpperCase(Locale.ROOT);
        if (!values.contains(value)) {
            throw new Refused(Fault.BAD_PARAMETER, keyword + " is one of " + String.join(", ", values));
        }
        return value;
    }

    private String xtext(String keyword, int longest) throws Refused {
        String value = value(keyword);
        if (value.length() > longest || !Xtext.isValid(value)) {
            throw new Refused(Fault.BAD_PARAMETER, keyword + " is xtext of at most " + longest + " characters");
        }
        return value;
    }

    private String envelopeId() throws Refused {
        String value = value("ENVID");
        if (!DsnSyntax.isEnvelopeId(value)) {
            throw new Refused(
                    Fault.BAD_PARAMETER,
                    "ENVID is xtext of printable characters, at most " + DsnSyntax.LONGEST_ENVID + " of them");
        }
        return value;
    }

    private String notifyOn() throws Refused {
        String value = value("NOTIFY").toUpperCase(Locale.ROOT);
        if (!DsnSyntax.isNotify(value)) {
            throw new Refused(
                    Fault.BAD_PARAMETER, "NOTIFY is NEVER alone, or a list of SUCCESS, FAILURE, DELAY, each once");
        }
        return value;
    }

    private String originalRecipient() throws Refused {
        String value = value("ORCPT");
        if (!DsnSyntax.isOriginalRecipient(value)) {
            throw new Refused(
                    Fault.BAD_PARAMETER,
                    "ORCPT is a type of address, a semicolon and xtext, at most " + DsnSyntax.LONGEST_ORCPT
                            + " characters in all");
        }
        return value;
    }

    private String matching(String keyword, Pattern pattern) throws Refused {
        String value = value(keyword);
        if (!pattern.matcher(value).matches()) {
            throw new Refused(Fault.BAD_PARAMETER, keyword + " has a malformed value");
        }
        return value;
    }

    private String value(String keyword) throws Refused {
        return given.get(keyword).orElseThrow(() -> new Refused(Fault.BAD_PARAMETER, keyword + " needs a value"));
    }
}
