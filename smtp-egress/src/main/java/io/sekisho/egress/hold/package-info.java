/** Standing orders of operators: which mail is held back, also before its first attempt (ADR 34). */
package io.sekisho.egress.hold;
