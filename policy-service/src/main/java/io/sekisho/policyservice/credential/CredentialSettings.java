package io.sekisho.policyservice.credential;

import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Faults;
import java.util.Optional;

/** What is asked of a new credential, checked and in the spelling in which it is stored. */
record CredentialSettings(String user, String description) {
    private static final int LONGEST_DESCRIPTION = 1_000;

    /**
     * Reads a request.
     *
     * @throws io.sekisho.rest.Refusal 400 naming every wrong field
     */
    static CredentialSettings read(DomainName domain, CredentialBody.Request request) {
        Faults faults = new Faults();
        Optional<String> user = SubmissionUser.read(faults, domain, request.user());
        String description = request.description() == null ? "" : request.description();
        faults.addIf(
                description.length() > LONGEST_DESCRIPTION,
                "description",
                "must have at most " + LONGEST_DESCRIPTION + " characters");
        // PostgreSQL has no text with it.
        faults.addIf(description.indexOf('\0') >= 0, "description", "must not hold the character U+0000");
        faults.refuseIfAny();
        return new CredentialSettings(user.orElseThrow(), description);
    }
}
