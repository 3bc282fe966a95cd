/** TLS peers (TLS ピア): what is required of one source or destination of a managed domain. */
package io.sekisho.policyservice.peer;
