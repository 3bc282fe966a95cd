/** Files that hold TLS peers, as text: CSV, and the tables of Postfix. Values in, values out; nothing is known here of what is stored. */
package io.sekisho.policyservice.peerfile;
