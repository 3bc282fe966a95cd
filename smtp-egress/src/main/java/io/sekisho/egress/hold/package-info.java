/** Standing orders of operators: which mail is held back, also before its first attempt (ADR 31). */
package io.sekisho.egress.hold;
