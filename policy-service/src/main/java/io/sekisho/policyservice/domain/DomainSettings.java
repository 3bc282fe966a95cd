package io.sekisho.policyservice.domain;

import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.TlsSetting;
import java.util.List;

/** What is set of a managed domain, checked and with every default filled in. */
record DomainSettings(String description, List<NextHop> nextHops, TlsSetting nextHopTls, OutboundProtection outbound) {}
