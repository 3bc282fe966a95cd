package io.sekisho.policyservice.credential;

import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Faults;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the user of a credential, which is always {@code name@domain}: the domain in it says where its secrets are. */
final class SubmissionUser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

    private SubmissionUser() {}

    /**
     * The user in the one spelling in which it is stored and compared.
     *
     * @param text a name, or {@code name@domain} with the domain in any spelling
     * @return empty where the text is no user of the domain, which is then among the faults
     */
    static Optional<String> read(Faults faults, DomainName domain, String text) {
        if (text == null) {
            faults.add("user", "is required; use a name such as anna, or anna@" + domain);
            return Optional.empty();
        }
        int at = text.lastIndexOf('@');
        if (at >= 0 && !DomainName.tryParse(text.substring(at + 1)).equals(Optional.of(domain))) {
            faults.add("user", "must be a name alone, or end in @" + domain);
            return Optional.empty();
        }
        String name = at < 0 ? text : text.substring(0, at);
        // Before the case is folded, which would take some letters for ASCII ones (U+212A for k).
        if (!NAME.matcher(name).matches()) {
            faults.add("user", "must have a name of 1 to 64 letters, digits, '.', '_', '-' or '+'");
            return Optional.empty();
        }
        return Optional.of(name.toLowerCase(Locale.ROOT) + "@" + domain);
    }
}
