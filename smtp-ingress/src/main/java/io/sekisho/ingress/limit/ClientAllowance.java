package io.sekisho.ingress.limit;

/**
 * How much one client may do; 0 is no limit.
 *
 * @param connections at once
 * @param failedLoginsPerMinute beyond which credentials are not looked at
 */
public record ClientAllowance(
        int connections,
        int connectionsPerMinute,
        int messagesPerMinute,
        int recipientsPerMinute,
        int failedLoginsPerMinute) {

    int of(ClientLimit limit) {
        return switch (limit) {
            case CONNECTIONS_AT_ONCE -> connections;
            case CONNECTIONS_PER_MINUTE -> connectionsPerMinute;
            case MESSAGES_PER_MINUTE -> messagesPerMinute;
            case RECIPIENTS_PER_MINUTE -> recipientsPerMinute;
            case FAILED_LOGINS_PER_MINUTE -> failedLoginsPerMinute;
        };
    }
}
