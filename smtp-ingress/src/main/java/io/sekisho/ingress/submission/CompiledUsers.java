package io.sekisho.ingress.submission;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.SubmissionCredential;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.ManagedDomain;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The users that stand in the policy which the process holds.
 *
 * <p><b>Thread safety:</b> any thread; never blocks.
 */
public final class CompiledUsers implements SubmissionUsers {

    private final Supplier<PolicyState> policy;

    /** Answers by what {@code policy} gives at each call. */
    public CompiledUsers(Supplier<PolicyState> policy) {
        this.policy = policy;
    }

    @Override
    public Login login(Credentials credentials) {
        return switch (policy.get()) {
            case PolicyState.Unusable(String reason) -> new Login.Undetermined(reason);
            case PolicyState.Usable usable -> login(credentials, usable);
        };
    }

    private static Login login(Credentials credentials, PolicyState.Usable usable) {
        String user = credentials.user().strip();
        int at = user.lastIndexOf('@');
        // Before cases are folded: U+212A, the sign of Kelvin, would become a k.
        boolean ascii = user.chars().limit(Math.max(at, 0)).allMatch(c -> c < 0x80);
        Optional<ManagedDomain> domain = DomainName.tryParse(user.substring(at + 1))
                .flatMap(usable.table()::domain)
                .filter(managed -> managed.compiled().outbound().enabled());
        if (at > 0 && ascii && domain.isPresent()) {
            String name = user.substring(0, at).toLowerCase(Locale.ROOT) + "@"
                    + domain.get().name().ascii();
            for (SubmissionCredential known : domain.get().compiled().credentials()) {
                if (known.admits(name, credentials.secret())) {
                    return new Login.Admitted(
                            new SubmissionUser(name, domain.get().name(), known.id()));
                }
            }
        }
        // A table that is not fresh may lack a credential that was just made.
        return usable.isFresh() ? new Login.Refused() : new Login.Undetermined("the policy is not fresh");
    }
}
