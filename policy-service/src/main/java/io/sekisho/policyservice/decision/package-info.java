/** Explains a decision before mail asks for it: with the matcher that the gateway itself uses, on the domain as it is compiled. */
package io.sekisho.policyservice.decision;
