package io.sekisho.ingress.session;

/** Nothing more will be said. Late answers and the client's last octets are ignored. */
public record Closed() implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return Step.to(this);
    }
}
