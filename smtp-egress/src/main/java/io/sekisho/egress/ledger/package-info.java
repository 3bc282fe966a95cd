/** The attempt ledger in Redis: who attempts what, and what came of it, so that a killed pod's mail is neither lost nor doubled. */
package io.sekisho.egress.ledger;
